import { Injectable } from '@nestjs/common';
import type { Media } from '@partyline/contracts';
import { mongo } from 'mongoose';
import type { Consent } from '../../application/consents.js';
import { InvalidCursor, type Page } from '../../application/conversation-list.js';
import type { ConversationRef, LoggedEntry } from '../../application/log/conversation-log.js';
import { Timeline, type AuditedEntry, type AuditQuery } from '../../application/timeline.js';
import type { Channel } from '../../domain/conversation.js';
import type { EntryDocument } from './documents.js';
import { entryOf } from './entry-document.js';
import { InboxDatabase } from './inbox-database.js';
import { ONE_ENTRY_PER_SEQ, TRAIL, TRAIL_OF_INBOX, TRAIL_OF_KIND, TRAIL_OF_PERSON } from './indexes.js';
import { afterPosition, decodeCursor, encodeCursor } from './page-cursor.js';

@Injectable()
export class MongoTimeline extends Timeline {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async page(
    ref: ConversationRef,
    before: number | undefined,
    limit: number,
  ): Promise<LoggedEntry[]> {
    const { tenantId, conversationId } = ref;
    const documents = await this.timeline
      .find({ tenantId, conversationId, ...(before === undefined ? {} : { seq: { $lt: before } }) })
      .sort({ seq: -1 })
      .limit(limit)
      .toArray();
    return documents.reverse().map(entryOf);
  }

  override async findMessage(tenantId: string, messageId: string): Promise<LoggedEntry | null> {
    const document = await this.timeline.findOne({ tenantId, messageId });
    return document && entryOf(document);
  }

  override async findMedia(ref: ConversationRef, mediaId: string): Promise<(Media & Channel) | null> {
    const { tenantId, conversationId } = ref;
    const document = await this.timeline.findOne(
      { tenantId, conversationId, 'events.data.media.id': mediaId },
      { hint: ONE_ENTRY_PER_SEQ },
    );
    for (const event of document?.events ?? []) {
      if (event.type !== 'message.received' && event.type !== 'message.queued') continue;
      const media = event.data.media.find(({ id }) => id === mediaId);
      if (media) return { ...media, carrier: event.data.carrier, accountId: event.data.accountId };
    }
    return null;
  }

  override async latestStatuses(tenantId: string, messageIds: readonly string[]): Promise<LoggedEntry[]> {
    const documents = await this.timeline
      .find({ tenantId, statusOf: { $in: [...messageIds] } })
      .sort({ statusOf: 1, seq: 1 })
      .toArray();
    return [...new Map(documents.map((document) => [document.statusOf, document])).values()].map(entryOf);
  }

  override async latestConsent(
    tenantId: string,
    conversationIds: readonly string[],
    { peer, state }: Pick<Consent, 'peer' | 'state'>,
  ): Promise<LoggedEntry | null> {
    const events = { $elemMatch: { type: 'consent.changed', 'data.peer': peer, 'data.state': state } };
    const document = await this.timeline.findOne(
      { tenantId, conversationId: { $in: [...conversationIds] }, events },
      { sort: { at: -1, seq: -1 }, hint: ONE_ENTRY_PER_SEQ },
    );
    return document && entryOf(document);
  }

  override async audit(query: AuditQuery): Promise<Page<AuditedEntry>> {
    const { tenantId, userId, inboxId, type, from, to, cursor, limit } = query;
    const conditions: mongo.Filter<EntryDocument>[] = [{ tenantId, audited: true }];
    if (userId !== undefined) conditions.push({ 'actor.id': userId });
    if (inboxId !== undefined) conditions.push({ inboxId });
    if (type !== undefined) conditions.push({ 'events.type': type });
    if (from !== undefined) conditions.push({ at: { $gte: from } });
    if (to !== undefined) conditions.push({ at: { $lte: to } });
    if (cursor !== undefined) {
      const [at, id] = decodeCursor(cursor);
      if (!mongo.ObjectId.isValid(id)) throw new InvalidCursor('not an entry');
      conditions.push(afterPosition('at', -1, at, new mongo.ObjectId(id)));
    }
    const documents = await this.timeline
      .find({ $and: conditions })
      .sort({ at: -1, _id: -1 })
      .hint(trailFor(query))
      .limit(limit + 1)
      .toArray();
    const items = documents.slice(0, limit).map((document) => {
      const position = encodeCursor([document.at, document._id.toHexString()]);
      return { ...entryOf(document), position };
    });
    return { items, nextCursor: documents.length > limit ? (items.at(-1)?.position ?? null) : null };
  }

  override async isEmpty(tenantId: string): Promise<boolean> {
    return (await this.timeline.findOne({ tenantId }, { projection: { _id: 1 } })) === null;
  }

  private get timeline(): mongo.Collection<EntryDocument> {
    return this.database.timeline;
  }
}

/** People do the least, and few things happen as often as an inbox has something happen in it. */
function trailFor({ userId, type, inboxId }: AuditQuery): mongo.Document {
  if (userId !== undefined) return TRAIL_OF_PERSON;
  if (type !== undefined) return TRAIL_OF_KIND;
  return inboxId === undefined ? TRAIL : TRAIL_OF_INBOX;
}
