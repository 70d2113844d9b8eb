import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import { InjectConnection } from '@nestjs/mongoose';
import type { InboundMessage } from '@partyline/contracts';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { PartStore, type PartSet } from '../../application/part-store.js';
import type { Join, WaitingPart } from '../../domain/parts.js';
import type { Receipt } from '../../domain/receipt.js';
import { databaseOf, JOINS, RECEIPTS, type JoinDocument, type ReceiptDocument } from './collections.js';
import { JOIN_OPEN, WAITING_PARTS } from './indexes.js';
import { toOpenReceipt } from './receipt-document.js';

const durable = { writeConcern: { w: 'majority', j: true } } as const;
const WAITING = { state: 'open', 'part.state': 'waiting' } as const;
const LANDED_AT_ONCE = 500;

@Injectable()
export class MongoPartStore extends PartStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get receipts(): mongo.Collection<ReceiptDocument> {
    return databaseOf(this.connection).collection<ReceiptDocument>(RECEIPTS);
  }

  private get joins(): mongo.Collection<JoinDocument> {
    return databaseOf(this.connection).collection<JoinDocument>(JOINS);
  }

  override async waiting({ tenantId, key }: PartSet): Promise<WaitingPart[]> {
    const found = await this.receipts
      .find({ ...WAITING, tenantId, 'part.key': key }, { projection: { raw: 0 } })
      .hint(WAITING_PARTS.name)
      .toArray();
    return found.flatMap(toPart);
  }

  override async waitingSince(moment: Date, limit: number): Promise<PartSet[]> {
    const found = await this.receipts
      .find({ ...WAITING, receivedAt: { $lte: moment } }, { projection: { tenantId: 1, part: 1 } })
      .hint(WAITING_PARTS.name)
      .limit(limit)
      .toArray();
    const sets = found.flatMap(({ tenantId, part }) => (part ? [{ tenantId, key: part.key }] : []));
    return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
  }

  override async commit({ leadId, receiptIds, numbers, ...join }: Join, at: Date): Promise<boolean> {
    try {
      await this.joins.insertOne(
        {
          _id: leadId,
          ...join,
          receiptIds: [...receiptIds],
          numbers: [...numbers],
          at,
          applied: false,
          open: true,
        },
        durable,
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  override async joinedWithout({ tenantId, key }: PartSet, number: number, moment: Date): Promise<boolean> {
    const found = await this.joins.findOne({ tenantId, key, at: { $gte: moment } }, { sort: { at: -1 } });
    return found !== null && !found.numbers.includes(number);
  }

  override async unapplied(limit: number): Promise<Join[]> {
    const found = await this.joins
      .find({ open: true, applied: false })
      .hint(JOIN_OPEN.name)
      .limit(limit)
      .toArray();
    return found.map(({ _id, tenantId, key, receiptIds, numbers }) => ({
      leadId: _id,
      tenantId,
      key,
      receiptIds,
      numbers,
    }));
  }

  override async partsOf({ tenantId, receiptIds }: Join): Promise<WaitingPart[]> {
    const found = await this.receipts
      .find({ tenantId, _id: { $in: [...receiptIds] } }, { projection: { raw: 0 } })
      .toArray();
    return found.flatMap(toPart);
  }

  override async apply(
    { tenantId, leadId, receiptIds }: Join,
    event: InboundMessage,
    dueAt: Date,
  ): Promise<Receipt | null> {
    // The lead first: until it carries the text, the parts have to stay as they were.
    const lead = await this.receipts.findOneAndUpdate(
      { _id: leadId, tenantId, ...WAITING },
      { $set: { event, 'part.state': 'lead', nextAttemptAt: dueAt } },
      { returnDocument: 'after', projection: { raw: 0 }, ...durable },
    );
    failpoint('ingest.joined-text-stored');
    await this.receipts.updateMany(
      { tenantId, _id: { $in: receiptIds.filter((id) => id !== leadId) }, ...WAITING },
      { $set: { 'part.state': 'follower' }, $unset: { nextAttemptAt: '' } },
      durable,
    );
    await this.joins.updateOne({ _id: leadId, tenantId }, { $set: { applied: true } }, durable);
    return lead && toOpenReceipt(lead).receipt;
  }

  override async landFollowers(at: Date): Promise<void> {
    const open = await this.joins
      .find({ open: true, applied: true })
      .hint(JOIN_OPEN.name)
      .limit(LANDED_AT_ONCE)
      .toArray();
    if (open.length === 0) return;
    const tenants = [...new Set(open.map(({ tenantId }) => tenantId))];
    const leads = await this.receipts
      .find(
        { tenantId: { $in: tenants }, _id: { $in: open.map(({ _id }) => _id) }, state: 'landed' },
        { projection: { _id: 1 } },
      )
      .toArray();
    const landed = new Set(leads.map(({ _id }) => _id));
    for (const { _id, tenantId, receiptIds } of open) {
      if (!landed.has(_id)) continue;
      await this.receipts.updateMany(
        { tenantId, _id: { $in: receiptIds }, state: 'open' },
        { $set: { state: 'landed', landedAt: at }, $unset: { nextAttemptAt: '' } },
        durable,
      );
      failpoint('ingest.followers-landed');
      await this.joins.updateOne({ _id, tenantId }, { $unset: { open: '' } });
    }
  }
}

function toPart(document: ReceiptDocument): WaitingPart[] {
  const { _id: receiptId, part, receivedAt, kind, event } = document;
  if (!part || kind !== 'message') return [];
  const { number, total } = part;
  return [{ receiptId, number, total, receivedAt, event: event as InboundMessage }];
}
