import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { InboundMessage } from '@partyline/contracts';
import { isDuplicateKey, outcomeUnknown } from '@partyline/mongo';
import { type Connection, mongo } from 'mongoose';
import {
  ReceiptStore,
  type OpenReceipt,
  type ReceiptCounts,
  type ReceiptRef,
  type ReceiptTrace,
  type Stored,
} from '../../application/receipt-store.js';
import type { MediaRef } from '../../domain/media.js';
import { FROM_LOG, type Receipt } from '../../domain/receipt.js';
import { databaseOf, JOINS, RECEIPTS, type JoinDocument, type ReceiptDocument } from './collections.js';
import { OPEN, UNIQUE_RECEIPT } from './indexes.js';
import { toDocument, toOpenReceipt } from './receipt-document.js';

/** For one write and all its retries. What is not confirmed by then is unknown, and the next write must get its turn. */
const WRITE_TIMEOUT_MS = 5_000;

/** Parts of a long text are published by the one that leads them. */
const PUBLISHABLE: mongo.Filter<ReceiptDocument> = {
  state: 'open',
  'part.state': { $nin: ['waiting', 'follower'] },
};

@Injectable()
export class MongoReceiptStore extends ReceiptStore {
  private readonly logger = new Logger(MongoReceiptStore.name);

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get receipts(): mongo.Collection<ReceiptDocument> {
    return databaseOf(this.connection).collection<ReceiptDocument>(RECEIPTS);
  }

  override async insert(receipts: readonly Receipt[], nextAttemptAt: Date): Promise<readonly Stored[]> {
    try {
      await this.receipts.insertMany(
        receipts.map((receipt) => toDocument(receipt, nextAttemptAt)),
        { ordered: false, writeConcern: { w: 'majority', j: true }, timeoutMS: WRITE_TIMEOUT_MS },
      );
      return receipts.map(() => 'new');
    } catch (error) {
      return this.outcomesOf(receipts, error);
    }
  }

  override async due(now: Date, limit: number): Promise<OpenReceipt[]> {
    const found = await this.receipts
      .find({ ...PUBLISHABLE, nextAttemptAt: { $lte: now } }, { projection: { raw: 0 } })
      .hint(OPEN.name)
      .limit(limit)
      .toArray();
    return found
      .map(toOpenReceipt)
      .sort((a, b) => a.receipt.receivedAt.getTime() - b.receipt.receivedAt.getTime());
  }

  override async makeAllDue(now: Date): Promise<void> {
    await this.receipts.updateMany(PUBLISHABLE, { $min: { nextAttemptAt: now } }, { hint: OPEN.name });
  }

  override async republished(receipts: readonly (ReceiptRef & { nextAttemptAt: Date })[]): Promise<void> {
    if (receipts.length === 0) return;
    await this.receipts.bulkWrite(
      receipts.map(({ tenantId, id, nextAttemptAt }) => ({
        updateOne: {
          filter: { _id: id, tenantId, state: 'open' },
          update: { $inc: { attempts: 1 }, $set: { nextAttemptAt } },
        },
      })),
      { ordered: false },
    );
  }

  override async giveUp(receipts: readonly ReceiptRef[], reason: string): Promise<void> {
    await this.receipts.bulkWrite(
      receipts.map(({ tenantId, id }) => ({
        updateOne: {
          filter: { _id: id, tenantId, state: 'open' },
          update: { $set: { state: 'rejected', rejectedBecause: reason }, $unset: { nextAttemptAt: '' } },
        },
      })),
      { ordered: false },
    );
  }

  override async land(tenantId: string, ids: readonly string[], at: Date): Promise<void> {
    await this.receipts.updateMany(
      { _id: { $in: [...ids] }, tenantId, state: { $ne: 'landed' } },
      { $set: { state: 'landed', landedAt: at }, $unset: { nextAttemptAt: '', rejectedBecause: '' } },
      // A mark that is lost is made again, after one more publication: it does not have to wait for a majority.
      { writeConcern: { w: 1 } },
    );
  }

  override async count(tenantId: string, carrier: string, accountId: string): Promise<ReceiptCounts> {
    const account = { tenantId, accountId };
    const [all, open, rejected] = await Promise.all([
      this.receipts.countDocuments({ ...account, carrier }),
      this.receipts.countDocuments({ ...account, state: 'open' }, { hint: OPEN.name }),
      this.receipts.countDocuments({ ...account, state: 'rejected' }, { hint: 'rejected' }),
    ]);
    return { landed: Math.max(0, all - open - rejected), open, rejected };
  }

  override async missing(
    tenantId: string,
    carrier: string,
    accountIds: readonly string[],
    providerMessageIds: readonly string[],
  ): Promise<string[]> {
    const found = await this.receipts
      .find(
        {
          tenantId,
          carrier,
          accountId: { $in: [...accountIds] },
          providerMessageId: { $in: [...providerMessageIds] },
          key: 'message',
        },
        { projection: { _id: 0, providerMessageId: 1 } },
      )
      .hint(UNIQUE_RECEIPT)
      .toArray();
    const known = new Set(found.map(({ providerMessageId }) => providerMessageId));
    return [...new Set(providerMessageIds)].filter((id) => !known.has(id));
  }

  override async mediaOf(tenantId: string, messageIds: readonly string[]): Promise<MediaRef[]> {
    const found = await this.receipts
      .find({ tenantId, messageId: { $in: [...messageIds] }, 'event.media.0': { $exists: true } })
      .project<{ accountId: string; event: InboundMessage }>({ accountId: 1, event: 1 })
      .toArray();
    return found.flatMap(({ accountId, event }) =>
      event.media.map(({ id: mediaId, url }) => ({ tenantId, accountId, mediaId, url })),
    );
  }

  override async erase(tenantId: string, messageIds: readonly string[]): Promise<number> {
    const these = { tenantId, messageId: { $in: [...messageIds] } };
    const ids = await this.receipts.find(these).project<{ _id: string }>({ _id: 1 }).toArray();
    const joins = await databaseOf(this.connection)
      .collection<JoinDocument>(JOINS)
      .find({ tenantId, receiptIds: { $in: ids.map(({ _id }) => _id) } })
      .toArray();
    const parts = joins.flatMap(({ receiptIds }) => receiptIds);
    const { matchedCount } = await this.receipts.updateMany(
      { _id: { $in: [...new Set([...ids.map(({ _id }) => _id), ...parts])] }, tenantId },
      { $set: { 'event.text': '', 'event.media': [], raw: null } },
    );
    return matchedCount;
  }

  override async trace(tenantId: string, messageId: string): Promise<ReceiptTrace | null> {
    const found = await this.receipts.findOne(
      { tenantId, messageId },
      { projection: { 'raw.body': 0, event: 0 } },
    );
    if (!found) return null;
    const { _id: receiptId, carrier, accountId, receivedAt, attempts: timesPublished, landedAt } = found;
    const via = found.raw?.method === FROM_LOG ? 'carrier_log' : 'webhook';
    return { receiptId, carrier, accountId, receivedAt, timesPublished, landedAt, via };
  }

  /** Refused as a duplicate by a confirmed write: it is stored, by a majority. Anything unclear is unknown. */
  private outcomesOf(receipts: readonly Receipt[], error: unknown): readonly Stored[] {
    if (!(error instanceof mongo.MongoBulkWriteError) || outcomeUnknown(error)) {
      this.logger.error(`${receipts.length} receipts may not be stored: ${String(error)}`);
      return receipts.map(() => 'unknown');
    }
    const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
    return receipts.map((_receipt, index) => {
      const one = refused.get(index);
      if (one === undefined) return 'new';
      if (isDuplicateKey(one)) return 'duplicate';
      this.logger.error(`A receipt was refused by the store: ${one.errmsg ?? one.code}`);
      return 'unknown';
    });
  }
}
