import type {
  Conversation,
  ConversationView,
  InboxSummary,
  Permission,
  TimelineItem,
} from '@partyline/contracts';
import { allowedFor } from '../live/allowed.js';
import type { Viewer } from '../live/model.js';

/** Things to test with. Not part of the build: only specs import this. */
const MEMBER: readonly Permission[] = [
  'view',
  'reply',
  'claim',
  'transfer',
  'return',
  'done',
  'reopen',
  'note',
  'start',
];
export const ben: Viewer = { id: 'ben', name: 'Ben Ortiz', permissions: MEMBER };
export const ada: Viewer = { id: 'ada', name: 'Ada Lovelace', permissions: [...MEMBER, 'assignAny'] };
export const olga: Viewer = { id: 'olga', name: 'Olga Watch', permissions: ['view'] };

export const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    inboxId: 'support',
    inboxKind: 'shared',
    number: '+12125550101',
    peers: ['+12125550199'],
    contactName: 'Maria Santos',
    status: 'open',
    owner: null,
    lastOwner: null,
    epoch: 1,
    seq: 3,
    attention: [3],
    lastInboundSeq: 3,
    preview: null,
    waitingSince: at(0),
    lastActivityAt: at(0),
    changedBy: null,
    changedAt: at(0),
    optedOut: false,
    failed: false,
    ...change,
  };
}

export function view(change: Partial<ConversationView> = {}): ConversationView {
  const c = conversation(change);
  return { ...c, cursor: 0, unread: 1, allowed: allowedFor(c, ben, inbox), ...change };
}

export const inbox: InboxSummary = {
  id: 'support',
  name: 'Support',
  kind: 'shared',
  numbers: ['+12125550101'],
  memberIds: ['ada', 'ben', 'olga'],
  counts: { unassigned: 1, unassignedUnread: 1, mine: 0, mineUnread: 0, others: 0 },
};

const place = (seq: number, minute: number) => ({ id: `e${seq}`, seq, index: 0, at: at(minute) });

export function received(seq: number, text: string, minute = seq): TimelineItem {
  return {
    ...place(seq, minute),
    actor: { kind: 'contact', id: 'k1' },
    type: 'message.received',
    data: {
      messageId: `m${seq}`,
      receiptId: `r${seq}`,
      carrier: 'simulator',
      accountId: 'a',
      from: '+12125550199',
      to: '+12125550101',
      text,
      media: [],
      receivedAt: at(minute),
      keyword: null,
      trace: [],
    },
  };
}

export function queued(seq: number, text: string, by = 'ben', minute = seq): TimelineItem {
  return {
    ...place(seq, minute),
    actor: { kind: 'user', id: by, name: by },
    type: 'message.queued',
    data: {
      messageId: `m${seq}`,
      clientMessageId: `client-${seq}`,
      carrier: 'simulator',
      accountId: 'a',
      from: '+12125550101',
      to: ['+12125550199'],
      text,
      media: [],
      origin: 'person',
    },
  };
}

export function status(seq: number, of: number, value: 'sent' | 'delivered' | 'failed'): TimelineItem {
  return {
    ...place(seq, seq),
    actor: { kind: 'carrier', id: 'simulator' },
    type: 'message.status',
    data: { messageId: `m${of}`, status: value, errorClass: null, rawCode: null, description: null },
  };
}
