import type {
  AuditItem,
  BulkAnswer,
  CommandAccepted,
  ConversationView,
  InboxMember,
  InboxSummary,
  Notification,
  SearchAnswer,
  Tag,
  Template,
  TimelineItem,
} from '@partyline/contracts';
import { CONTACT } from './contacts.js';

const BEN = { id: 'ben', name: 'Ben Ortiz' };
const AT = '2026-11-23T18:00:00.000Z';
const ID = 'cv_5sVnI4Yy0C3xk1lQn0pK2w';

export const CONVERSATION: ConversationView = {
  id: ID,
  inboxId: 'department-support',
  inboxKind: 'shared',
  number: '+12125550101',
  peers: ['+13105550142'],
  contactName: 'Maria Santos',
  status: 'open',
  owner: BEN,
  lastOwner: null,
  epoch: 4,
  seq: 12,
  attention: [11],
  lastInboundSeq: 11,
  preview: { text: 'Is my order in?', from: 'contact', at: AT },
  waitingSince: null,
  lastActivityAt: AT,
  changedBy: BEN,
  changedAt: AT,
  optedOut: false,
  failed: false,
  tags: ['tg_5sVnI4Yy0C3xk1lQ'],
  cursor: 12,
  unread: 0,
  allowed: {
    transfer: true,
    return: true,
    done: true,
    reply: true,
    note: true,
    assign: 'Only an Admin can assign conversations to others.',
  },
};

export const ACCEPTED: CommandAccepted = { conversation: CONVERSATION, seq: 12 };

export const BULK: BulkAnswer = { results: [{ conversationId: ID, ok: true, accepted: ACCEPTED }] };

export const NOTE: TimelineItem = {
  id: 'ev_8Jm2VtTqW1b0xY5cR7uQ9a',
  seq: 12,
  index: 0,
  at: AT,
  actor: { kind: 'user', ...BEN },
  type: 'note.added',
  data: { noteId: 'nt_4f1d2c3b', text: 'Called them back, all good.' },
};

export const TRAIL: AuditItem = {
  id: 'ac_9fd484817784434a881c684aeacfea46',
  at: AT,
  actor: { kind: 'user', id: 'ada', name: 'Ada Lovelace' },
  inboxId: null,
  conversationId: null,
  type: 'export.made',
  data: {
    target: 'conversations.csv',
    outcome: 'done',
    endedAt: '2026-11-23T18:00:02.000Z',
    rows: 1050,
    given: { status: 'open' },
  },
};

export const INBOX_SUMMARY: InboxSummary = {
  id: 'department-support',
  name: 'Support',
  kind: 'shared',
  numbers: ['+12125550101'],
  memberIds: ['ada', 'ben'],
  counts: { unassigned: 3, unassignedUnread: 1, mine: 2, mineUnread: 0, others: 5, snoozed: 1 },
};

export const INBOX_MEMBER: InboxMember = {
  ...BEN,
  active: true,
  availability: 'available',
  awayUntil: null,
  assignable: true,
  load: 2,
};

export const FOUND: SearchAnswer = {
  contacts: [CONTACT],
  items: [{ conversation: CONVERSATION, snippet: 'Is my order in?', highlights: [[6, 11]], seq: 11, at: AT }],
  complete: true,
};

export const NOTIFICATION: Notification = {
  id: 'nf_1f0e9d8c',
  userId: 'ben',
  kind: 'mine',
  conversationId: ID,
  inboxId: 'department-support',
  title: 'Maria Santos',
  body: 'Is my order in?',
  at: AT,
};

export const TAG: Tag = {
  id: 'tg_5sVnI4Yy0C3xk1lQ',
  name: 'Refund',
  colour: 'orange',
  retired: false,
  revision: 1,
};

export const TEMPLATE: Template = {
  id: 'tp_1f0e9d8c',
  name: 'On its way',
  text: 'Hi {{contact.firstName|there}}, your order is on its way. {{agent.name}}',
  inboxId: null,
  revision: 1,
};
