import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import {
  MOST_RECORDED_REQUESTS,
  type RecordedRequest,
  type RecordedRequestDetail,
} from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
import { RecordedWebhooks, type Recorded } from '../../application/recorded-webhooks.js';
import { databaseOf, RECORDED_WEBHOOKS, type RecordedDocument } from './collections.js';

const KEPT_MS = 3 * 24 * 3_600_000;
/** What a list shows. */
const SUMMARY = {
  at: 1,
  method: 1,
  path: 1,
  query: 1,
  bytes: 1,
  outcome: 1,
  why: 1,
  status: 1,
  ms: 1,
  correlationId: 1,
} as const;

@Injectable()
export class MongoRecordedWebhooks extends RecordedWebhooks {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get webhooks(): mongo.Collection<RecordedDocument> {
    return databaseOf(this.connection).collection<RecordedDocument>(RECORDED_WEBHOOKS);
  }

  override async add({ id, headers, ...rest }: Recorded): Promise<void> {
    const expireAt = new Date(rest.at.getTime() + KEPT_MS);
    await this.webhooks.insertOne({ _id: id, ...rest, headers: Object.entries(headers), expireAt });
  }

  override async list(tenantId: string, accountId: string): Promise<RecordedRequest[]> {
    const found = await this.webhooks
      .find({ tenantId, accountId }, { projection: SUMMARY })
      .sort({ at: -1 })
      .limit(MOST_RECORDED_REQUESTS)
      .toArray();
    return found.map(
      ({ _id: id, at, method, path, query, bytes, outcome, why, status, ms, correlationId }) => ({
        id,
        at: at.toISOString(),
        method,
        path,
        query,
        bytes,
        outcome,
        why,
        status,
        ms,
        correlationId,
      }),
    );
  }

  override async find(
    tenantId: string,
    accountId: string,
    requestId: string,
  ): Promise<RecordedRequestDetail | null> {
    const found = await this.webhooks.findOne({ _id: requestId, tenantId, accountId });
    if (!found) return null;
    const {
      _id: id,
      at,
      headers,
      tenantId: _t,
      accountId: _a,
      messageIds: _i,
      marks: _m,
      expireAt: _e,
      ...rest
    } = found;
    return { id, at: at.toISOString(), ...rest, headers: Object.fromEntries(headers) };
  }

  override async removeOf(tenantId: string, accountId: string): Promise<void> {
    await this.webhooks.deleteMany({ tenantId, accountId });
  }

  override async erase(
    tenantId: string,
    messageIds: readonly string[],
    marks: readonly string[],
  ): Promise<void> {
    await this.webhooks.deleteMany({ tenantId, messageIds: { $in: [...messageIds] } });
    await this.webhooks.deleteMany({ tenantId, marks: { $in: [...marks] } });
  }
}
