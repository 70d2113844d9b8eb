import { mongo } from 'mongoose';
import { DELIVERY_SILENCE_MS, sendsMessages } from '../../application/bookkeeping.js';
import type { LoggedEntry, Projected } from '../../application/log/conversation-log.js';
import { savesState } from '../../application/log/saved-states.js';
import { savedFields } from './conversation-document.js';
import { searchWords } from '../../domain/search-words.js';
import type { EntryDocument } from './documents.js';

/** An entry as it is inserted; `now` is the time of the insert, which for history is not the entry's own. */
export function entryDocument({ entry, state }: Projected, now: Date): EntryDocument {
  const { id, tenantId, conversationId, seq, inbox, at, actor, origin, events } = entry;
  const text = searchableText(entry);
  const statusOf = events.find((event) => event.type === 'message.status')?.data.messageId;
  const due = new Date(now.getTime() + DELIVERY_SILENCE_MS).toISOString();
  return {
    _id: new mongo.ObjectId(id),
    tenantId,
    conversationId,
    seq,
    inboxId: inbox.id,
    inboxKind: inbox.kind,
    at,
    actor,
    origin: withoutUndefined(origin),
    events,
    after: { status: state.status, ownerId: state.owner?.id ?? null, epoch: state.epoch },
    ...(entry.commandId === undefined ? {} : { commandId: entry.commandId }),
    ...(entry.messageId === undefined ? {} : { messageId: entry.messageId }),
    ...(statusOf === undefined ? {} : { statusOf }),
    ...(savesState(seq) ? { state: savedFields(state) } : {}),
    ...(text === '' ? {} : { text, tokens: searchWords(text) }),
    ...(actor.kind === 'user' || actor.kind === 'system' ? { audited: true } : {}),
    ...(entry.history ? {} : { unpublished: now.toISOString() }),
    ...(sendsMessages(entry) && !entry.history ? { awaiting: { due, tries: 0 } } : {}),
  };
}

export function entryOf(document: EntryDocument): LoggedEntry {
  const { _id, tenantId, conversationId, seq, inboxId, inboxKind, at, actor, origin, events } = document;
  return {
    id: _id.toHexString(),
    tenantId,
    conversationId,
    inbox: { id: inboxId, kind: inboxKind },
    seq,
    at,
    actor,
    origin,
    events,
    ...(document.commandId === undefined ? {} : { commandId: document.commandId }),
    ...(document.messageId === undefined ? {} : { messageId: document.messageId }),
  };
}

function searchableText({ events }: LoggedEntry): string {
  return events
    .map((event) =>
      event.type === 'message.received' || event.type === 'message.queued' || event.type === 'note.added'
        ? event.data.text
        : '',
    )
    .join(' ')
    .trim();
}

function withoutUndefined({ correlationId, causationId, traceparent }: LoggedEntry['origin']) {
  return {
    correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
