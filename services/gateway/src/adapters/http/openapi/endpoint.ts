import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '@partyline/contracts';
import type { z } from 'zod';
import { recorded, type Records } from '../audit/records.js';
import { PROBLEM_TYPE, STATUS } from '../problem.js';

export interface EndpointOptions {
  readonly summary: string;
  readonly description?: string;
  /** The media types of its body where that is a file. */
  readonly takes?: readonly string[];
  /** What it answers; absent: nothing. */
  readonly answer?: z.ZodType;
  /** The media types that it answers where that is not JSON. */
  readonly raw?: readonly string[];
  /** 200 unless given. */
  readonly status?: number;
  /** Why it can be refused, besides what every request can be. */
  readonly refusals?: readonly ErrorCode[];
  /** What the audit trail says of it; absent: nothing, or what is done to a conversation, of which its log tells. */
  readonly records?: Records;
  /** Whether it changes something and can be repeated safely by its Idempotency-Key. */
  readonly command?: boolean;
}

/** Any address can be written wrongly, and any header. */
const ALWAYS: readonly ErrorCode[] = ['VALIDATION', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'];
const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** Describes one endpoint in the OpenAPI document. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const {
    summary,
    description,
    takes,
    answer,
    raw,
    status = 200,
    refusals = [],
    records,
    command = false,
  } = options;
  const codes = [...new Set([...refusals, ...ALWAYS, ...(command ? (['OUTCOME_UNKNOWN'] as const) : [])])];
  return applyDecorators(
    ...(records ? [recorded(records)] : []),
    ApiOperation({ summary, ...(description === undefined ? {} : { description }) }),
    ...(takes
      ? [ApiConsumes(...takes), ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })]
      : []),
    ApiResponse({
      status,
      description: answer || raw ? 'Done' : 'Done; there is nothing to answer',
      ...(answer ? { standardSchema: answer } : {}),
      ...(raw
        ? { content: Object.fromEntries(raw.map((type) => [type, { schema: { type: 'string' } }])) }
        : {}),
    }),
    ...[...new Set(codes.map((code) => STATUS[code]))].map((problem) =>
      problemResponse(
        problem,
        codes.filter((code) => STATUS[code] === problem),
      ),
    ),
    ...(command
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description: 'The same key gets the same answer again and changes nothing more.',
            schema: { type: 'string', maxLength: 128 },
          }),
        ]
      : []),
  );
}

/** A problem with an example for each code. */
export const problemContent = (codes: readonly ErrorCode[]) => ({
  schema: PROBLEM,
  examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
});

/** One status of a refusal, with the codes that it can have. */
export function problemResponse(
  status: number,
  codes: readonly ErrorCode[],
): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description: codes.join(', '),
    content: { [PROBLEM_TYPE]: problemContent(codes) },
    ...(status === 429 || status === 503
      ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } }
      : {}),
  });
}
