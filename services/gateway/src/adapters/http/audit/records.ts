import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ActType } from '@partyline/contracts';

/** That an endpoint leaves a trace in the audit trail, and what stands in it. */
export interface Records {
  readonly type: ActType;
  /** What it is done to, where that is not the `id` in its path. */
  readonly target?: string;
  /** The fields of its body, or of a GET's query, that are recorded. Nothing secret, and nothing of customers. */
  readonly fields?: readonly string[];
  /** Lists of which only the length is recorded. */
  readonly counted?: readonly string[];
}

export const RECORDS = 'partyline:records';

/** Records it, and says so in the OpenAPI document. */
export const recorded = (records: Records): MethodDecorator =>
  applyDecorators(SetMetadata(RECORDS, records), ApiExtension('x-audit', records.type));
