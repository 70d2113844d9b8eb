import { Injectable } from '@nestjs/common';
import type { Counts } from '@partyline/contracts';
import type { mongo } from 'mongoose';
import {
  ConversationList,
  type Page,
  type OrderQuery,
  type PeersOf,
  type PeersQuery,
  type SectionQuery,
  type Shown,
  type WaitingConversation,
} from '../../application/conversation-list.js';
import { contactFilter } from './contact-words.js';
import { standingOf } from './conversation-document.js';
import { countPipeline, emptyCounts, loadPipeline, type CountRow, type LoadRow } from './count-pipeline.js';
import { cursorPath } from './cursor-path.js';
import type { ConversationDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { BY_WORD, IN_ORDER, WAITING, WAKING } from './indexes.js';
import { afterPosition, decodeCursor, encodeCursor } from './page-cursor.js';
import { sectionOf, withTag } from './section-filter.js';

/** Inboxes counted in one aggregation: each is five stages, and there may be a thousand. */
const INBOXES_AT_ONCE = 100;
const PEOPLE_AT_ONCE = 500;

@Injectable()
export class MongoConversationList extends ConversationList {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async page(query: SectionQuery): Promise<Page<Shown>> {
    const section = sectionOf(query);
    const { filter, sortField, direction, index } =
      query.tag === undefined ? section : withTag(section, query.tag);
    const conditions: mongo.Filter<ConversationDocument>[] = [filter];
    if (query.cursor !== undefined) {
      const [value, id] = decodeCursor(query.cursor);
      conditions.push(afterPosition(sortField, direction, value, id));
    }
    const contact = query.q === undefined ? null : contactFilter(query.q);
    if (contact) conditions.push(contact);
    const documents = await this.conversations
      .find({ $and: conditions })
      .sort({ [sortField]: direction, _id: direction })
      .hint(index)
      .limit(query.limit + 1)
      .toArray();
    const shown = documents.slice(0, query.limit);
    const last = documents.length > query.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(standingOf),
      nextCursor: last ? encodeCursor([last[sortField], last._id]) : null,
    };
  }

  override async counts(
    tenantId: string,
    viewerId: string,
    inboxIds: readonly string[],
  ): Promise<Map<string, Counts>> {
    const counts = new Map(inboxIds.map((id) => [id, emptyCounts()]));
    for (let start = 0; start < inboxIds.length; start += INBOXES_AT_ONCE) {
      const pipeline = countPipeline(tenantId, viewerId, inboxIds.slice(start, start + INBOXES_AT_ONCE));
      for (const { inboxId, key, n } of await this.conversations.aggregate<CountRow>(pipeline).toArray()) {
        const own = counts.get(inboxId);
        if (own) own[key] = n;
      }
    }
    return counts;
  }

  override async loads(
    tenantId: string,
    inboxId: string,
    userIds: readonly string[],
  ): Promise<Map<string, number>> {
    const loads = new Map<string, number>();
    for (let start = 0; start < userIds.length; start += PEOPLE_AT_ONCE) {
      const pipeline = loadPipeline(tenantId, inboxId, userIds.slice(start, start + PEOPLE_AT_ONCE));
      for (const { ownerId, n } of await this.conversations.aggregate<LoadRow>(pipeline).toArray()) {
        loads.set(ownerId, n);
      }
    }
    return loads;
  }

  override async findByContact(
    tenantId: string,
    inboxIds: readonly string[],
    q: string,
    limit: number,
  ): Promise<Shown[]> {
    const contact = contactFilter(q);
    if (!contact) return [];
    const documents = await this.conversations
      .find({ tenantId, inboxId: { $in: [...inboxIds] }, ...contact })
      .hint(BY_WORD)
      .sort({ lastActivityAt: -1 })
      .limit(limit)
      .toArray();
    return documents.map(standingOf);
  }

  override async many(tenantId: string, conversationIds: readonly string[]): Promise<Map<string, Shown>> {
    const documents = await this.conversations
      .find({ tenantId, _id: { $in: [...conversationIds] } })
      .toArray();
    return new Map(documents.map((document) => [document._id, standingOf(document)]));
  }

  override async between(tenantId: string, number: string, peer: string): Promise<string[]> {
    const documents = await this.conversations
      .find({ tenantId, number, peers: peer }, { projection: { _id: 1 } })
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  override async ofPeers(query: PeersQuery): Promise<Page<Shown>> {
    const { tenantId, inboxIds, peers, cursor, limit } = query;
    const documents = await this.conversations
      .find({
        tenantId,
        peers: { $in: [...peers] },
        inboxId: { $in: [...inboxIds] },
        ...(cursor === undefined ? {} : afterPosition('lastActivityAt', -1, ...decodeCursor(cursor))),
      })
      .sort({ lastActivityAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const shown = documents.slice(0, limit);
    const last = documents.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(standingOf),
      nextCursor: last ? encodeCursor([last.lastActivityAt, last._id]) : null,
    };
  }

  override async inOrder({ tenantId, inboxIds, cursor, limit }: OrderQuery): Promise<Page<Shown>> {
    const [place, after] = cursor === undefined ? ['', ''] : decodeCursor(cursor);
    const [inboxId, next] = [...inboxIds].filter((id) => id >= place).toSorted();
    if (inboxId === undefined) return { items: [], nextCursor: null };
    // One inbox at a time: over several, the scan would begin at the first conversation of each again.
    const documents = await this.conversations
      .find({ tenantId, inboxId, _id: { $gt: inboxId === place ? after : '' } })
      .sort({ _id: 1 })
      .hint(IN_ORDER)
      .limit(limit)
      .toArray();
    const last = documents.length === limit ? documents.at(-1) : undefined;
    if (last) return { items: documents.map(standingOf), nextCursor: encodeCursor([inboxId, last._id]) };
    return {
      items: documents.map(standingOf),
      nextCursor: next === undefined ? null : encodeCursor([next, '']),
    };
  }

  override async *withPeers(
    tenantId: string,
    peers: readonly string[],
    portion: number,
  ): AsyncIterable<readonly PeersOf[]> {
    let found: PeersOf[] = [];
    const all = this.conversations.find(
      { tenantId, peers: { $in: [...peers] } },
      { projection: { peers: 1 } },
    );
    for await (const { _id: conversationId, peers: theirs } of all) {
      found.push({ conversationId, peers: theirs });
      if (found.length < portion) continue;
      yield found;
      found = [];
    }
    if (found.length > 0) yield found;
  }

  override async dueToWake(tenantId: string, now: string, limit: number): Promise<string[]> {
    const documents = await this.conversations
      .find({ tenantId, wakeAt: { $lte: now } }, { projection: { _id: 1 } })
      .sort({ wakeAt: 1 })
      .hint(WAKING)
      .limit(limit)
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  override async owners(tenantId: string, inboxId: string): Promise<string[]> {
    const owners = await this.conversations.distinct('ownerId', {
      tenantId,
      inboxId,
      status: { $in: ['open', 'snoozed'] },
    });
    return owners.filter((owner) => owner !== null);
  }

  override async ownedBy(
    tenantId: string,
    inboxId: string,
    ownerId: string,
    limit: number,
  ): Promise<string[]> {
    const documents = await this.conversations
      .find({ tenantId, inboxId, status: { $in: ['open', 'snoozed'] }, ownerId }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  override async waiting(after: string | undefined, limit: number): Promise<Page<WaitingConversation>> {
    const from = after === undefined ? undefined : decodeCursor(after);
    const documents = await this.conversations
      .find({ waiting: true, ...(from ? afterPosition('tenantId', 1, ...from) : {}) })
      .sort({ tenantId: 1, _id: 1 })
      .hint(WAITING)
      .limit(limit)
      .toArray();
    const last = documents.length === limit ? documents.at(-1) : undefined;
    return {
      items: documents.map((document) => ({
        tenantId: document.tenantId,
        state: standingOf(document).state,
      })),
      nextCursor: last ? encodeCursor([last.tenantId, last._id]) : null,
    };
  }

  override async moveCursor(
    tenantId: string,
    conversationId: string,
    userId: string,
    seq: number,
  ): Promise<number> {
    const path = cursorPath(userId);
    const moved = await this.conversations.findOneAndUpdate(
      { _id: conversationId, tenantId },
      { $max: { [path]: seq } },
      { returnDocument: 'after', projection: { [path]: 1 } },
    );
    return moved?.cursors?.[userId] ?? seq;
  }

  private get conversations(): mongo.Collection<ConversationDocument> {
    return this.database.conversations;
  }
}
