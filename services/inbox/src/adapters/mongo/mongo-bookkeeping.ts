import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import { mongo } from 'mongoose';
import {
  Bookkeeping,
  type EntryPlace,
  type Overdue,
  type UnheardEntry,
} from '../../application/bookkeeping.js';
import type { ConversationRef, Projected } from '../../application/log/conversation-log.js';
import type { EntryDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { AWAITING, UNPUBLISHED } from './indexes.js';
import { contactWrites } from './mongo-contacts.js';

/** A mark that is lost is made again, so none of them has to wait for a majority. */
const UNHURRIED = { writeConcern: { w: 1 } } as const;
const PLACE = { tenantId: 1, conversationId: 1, seq: 1 } as const;

@Injectable()
export class MongoBookkeeping extends Bookkeeping {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async published(items: readonly Projected[]): Promise<void> {
    if (items.length === 0) return;
    await this.writeContacts(items);
    failpoint('inbox.contacts-written');
    const kept = await this.keptOf(items);
    if (kept.length === 0) return;
    await this.timeline.updateMany(
      {
        tenantId: { $in: [...new Set(kept.map(({ entry }) => entry.tenantId))] },
        _id: { $in: kept.map(({ entry }) => new mongo.ObjectId(entry.id)) },
      },
      { $unset: { unpublished: '' } },
      UNHURRIED,
    );
  }

  override async leftBehind(committed: Overdue, limit: number): Promise<EntryPlace[]> {
    const documents = await this.timeline
      .find({ unpublished: outside(committed) }, { projection: PLACE })
      .hint(UNPUBLISHED)
      .limit(limit)
      .toArray();
    return documents.map(({ tenantId, conversationId, seq }) => ({ tenantId, conversationId, seq }));
  }

  override async unheard(due: Overdue, limit: number): Promise<UnheardEntry[]> {
    const documents = await this.timeline
      .find({ 'awaiting.due': outside(due) }, { projection: { ...PLACE, awaiting: 1 } })
      .hint(AWAITING)
      .limit(limit)
      .toArray();
    return documents.map(({ _id, tenantId, conversationId, seq, awaiting }) => ({
      id: _id.toHexString(),
      tenantId,
      conversationId,
      seq,
      tries: awaiting?.tries ?? 0,
    }));
  }

  override async askAgain({ id, tenantId, tries }: UnheardEntry, due: string): Promise<void> {
    await this.timeline.updateOne(
      { _id: new mongo.ObjectId(id), tenantId, 'awaiting.tries': tries },
      { $set: { awaiting: { due, tries: tries + 1 } } },
      UNHURRIED,
    );
  }

  override async heard(
    messages: readonly (ConversationRef & { readonly messageId: string })[],
  ): Promise<void> {
    if (messages.length === 0) return;
    await this.timeline.updateMany(
      {
        tenantId: { $in: [...new Set(messages.map(({ tenantId }) => tenantId))] },
        'awaiting.due': { $exists: true },
        conversationId: { $in: [...new Set(messages.map(({ conversationId }) => conversationId))] },
        'events.data.messageId': { $in: messages.map(({ messageId }) => messageId) },
      },
      { $unset: { awaiting: '' } },
      { ...UNHURRIED, hint: AWAITING },
    );
  }

  /**
   * Those that lists will go on showing. Nobody waited for a majority to have the projections (ADR 17), so a primary that
   * died since may have taken some of them along: those stay without a mark, and the relay shows them again. Each is
   * looked for, because no later acknowledgement could say it: it may be the next primary's, who never had them.
   */
  private async keptOf(items: readonly Projected[]): Promise<Projected[]> {
    const shown = await this.database.conversations
      .find(
        {
          _id: { $in: [...new Set(items.map(({ entry }) => entry.conversationId))] },
          tenantId: { $in: [...new Set(items.map(({ entry }) => entry.tenantId))] },
        },
        { projection: { seq: 1 }, readConcern: { level: 'majority' } },
      )
      .toArray();
    const seqs = new Map(shown.map(({ _id, seq }) => [_id, seq]));
    return items.filter(({ entry }) => (seqs.get(entry.conversationId) ?? 0) >= entry.seq);
  }

  /** On a majority, like everything that nobody would write again once the entries are marked. */
  private async writeContacts(items: readonly Projected[]): Promise<void> {
    // Two made the same contact at once: there is one, and who came second writes into it.
    await unlessNewer(() => this.database.contacts.bulkWrite(contactWrites(items), { ordered: false }));
  }

  private get timeline(): mongo.Collection<EntryDocument> {
    return this.database.timeline;
  }
}

/** Not compared in two branches: the index of what is left to do is small, and is read as a whole. */
const outside = ({ before, beyond }: Overdue) => ({ $exists: true, $not: { $gte: before, $lte: beyond } });
