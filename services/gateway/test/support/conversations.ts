import type { OutgoingEvent } from '@partyline/bus';
import {
  CursorMoved,
  NoteAdded,
  type Conversation,
  type ConversationView,
  type InboxSummary,
} from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';

const AT = '2026-11-23T12:00:00.000Z';

export const conversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 'cv_1',
  inboxId: 'department-support',
  inboxKind: 'shared',
  number: '+12125550101',
  peers: ['+14155550123'],
  contactName: null,
  status: 'open',
  owner: null,
  lastOwner: null,
  epoch: 1,
  seq: 1,
  attention: [1],
  lastInboundSeq: 1,
  preview: null,
  waitingSince: AT,
  lastActivityAt: AT,
  changedBy: null,
  changedAt: AT,
  optedOut: false,
  failed: false,
  ...change,
});

export const view = (change: Partial<ConversationView> = {}): ConversationView => ({
  ...conversation(change),
  cursor: 0,
  unread: 1,
  allowed: {
    assignToMe: true,
    assign: true,
    transfer: true,
    return: true,
    done: true,
    reopen: 'It is open.',
    reply: true,
    claimAndReply: true,
    note: true,
  },
  ...change,
});

export const counts = { unassigned: 1, unassignedUnread: 1, mine: 0, mineUnread: 0, others: 0 };

export const summary = (id: string, memberIds: string[] = ['ada', 'ben']): InboxSummary => ({
  id,
  name: id,
  kind: 'shared',
  numbers: [],
  memberIds,
  counts,
});

interface Place {
  readonly tenantId?: string;
  readonly inboxId?: string;
  readonly conversationId?: string;
}

/** A note, the smallest of the events that live views show, as the inbox service publishes it. */
export function noteAdded(seq: number, place: Place = {}): OutgoingEvent {
  const { tenantId = 'demo', inboxId = 'department-support', conversationId = 'cv_1' } = place;
  return {
    subject: NoteAdded.subject(tenantId, inboxId),
    envelope: {
      id: derivedId('ev', tenantId, conversationId, String(seq), '0'),
      type: NoteAdded.type,
      version: NoteAdded.version,
      occurredAt: AT,
      tenantId,
      aggregateId: conversationId,
      seq,
      epoch: 1,
      actor: { kind: 'user', id: 'ben', name: 'Ben Ortiz' },
      correlationId: 'co_test',
      data: {
        index: 0,
        event: { noteId: `nt_${seq}`, text: `note ${seq}` },
        conversation: conversation({ id: conversationId, inboxId, seq }),
      },
    },
  };
}

export function cursorMoved(userId: string, cursor: number): OutgoingEvent {
  return {
    subject: CursorMoved.subject('demo', 'department-support'),
    envelope: {
      id: derivedId('ev', 'cursor', userId, String(cursor)),
      type: CursorMoved.type,
      version: CursorMoved.version,
      occurredAt: AT,
      tenantId: 'demo',
      aggregateId: 'cv_1',
      actor: { kind: 'user', id: userId },
      correlationId: 'co_test',
      data: { conversationId: 'cv_1', userId, cursor },
    },
  };
}
