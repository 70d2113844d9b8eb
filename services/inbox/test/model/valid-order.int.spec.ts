import { describe, expect, it } from '@jest/globals';
import type { ConversationEvent, Conversation as Shown } from '@partyline/contracts';
import { mongo } from 'mongoose';
import type { EntryDocument } from '../../src/adapters/mongo/documents.js';
import type { Call } from './conversation-model.js';
import type { Record, Told } from './history.js';
import { expectSoundLog } from './log-checks.js';
import { EVERYBODY } from './team.js';
import { faultsOf } from './valid-order.js';

const BEN = { id: 'ben', name: 'Ben' };
const CLEO = { id: 'cleo', name: 'Cleo' };

interface Line {
  readonly events: readonly ConversationEvent[];
  readonly after: EntryDocument['after'];
  readonly by?: string;
  readonly command?: string;
  readonly text?: string;
}
const entry = ({ events, after, by, command, text }: Line, index: number): EntryDocument => ({
  _id: new mongo.ObjectId(),
  tenantId: 't',
  conversationId: 'c',
  seq: index + 1,
  inboxId: 'support',
  inboxKind: 'shared',
  at: '2026-01-01T00:00:00.000Z',
  actor: by ? { kind: 'user', id: by } : { kind: 'contact', id: '+1' },
  origin: { correlationId: 'co' },
  events,
  after,
  ...(command ? { commandId: command } : {}),
  ...(text ? { messageId: text } : {}),
});

const received: ConversationEvent = {
  type: 'message.received',
  data: {
    messageId: 'm1',
    receiptId: 'r',
    carrier: 'simulator',
    accountId: 'a',
    from: '+1',
    to: '+2',
    text: 'hello',
    media: [],
    receivedAt: '2026-01-01T00:00:00.000Z',
    trace: [],
    keyword: null,
  },
};
const created: ConversationEvent = {
  type: 'conversation.created',
  data: { number: '+2', peers: ['+1'], contactName: null },
};
const claimed = (owner: typeof BEN): ConversationEvent => ({
  type: 'conversation.assigned',
  data: { owner, cause: 'claim' },
});
const firstText: Line = {
  events: [created, received],
  after: { status: 'open', ownerId: null, epoch: 1 },
  text: 'm1',
};
const claimOf = (owner: typeof BEN): Line => ({
  events: [claimed(owner)],
  after: { status: 'open', ownerId: owner.id, epoch: 2 },
  by: owner.id,
  command: owner.id,
});
const logOf = (...lines: readonly Line[]) => lines.map(entry);

const shown = (owner: typeof BEN | null, seq: number, epoch: number): Shown =>
  ({
    status: 'open',
    owner,
    lastOwner: owner,
    seq,
    epoch,
    lastInboundSeq: 1,
    optedOut: false,
  }) as Shown;
const call = (what: Call, from: number, to: number, key: string, told?: Told): Record => ({
  call: what,
  from,
  to,
  key,
  told,
  conversationId: 'c',
});
const text = call({ kind: 'inbound', text: 'm1', word: 'hello' }, 1, Infinity, 'm1');
const claim = (by: 'ben' | 'cleo', from: number, to: number, told: Told) =>
  call({ kind: 'claim', by, epoch: 1 }, from, to, by, told);
const look = (by: 'ben' | 'cleo', from: number, to: number, conversation: Shown) =>
  call({ kind: 'look', by }, from, to, '', { ok: true, conversation, seq: conversation.seq });

const faults = (log: readonly EntryDocument[], ...records: readonly Record[]) =>
  faultsOf({ records, groups: [{ group: EVERYBODY, from: 0, to: 0 }] }, log, 'c');

const won: Told = { ok: true, conversation: shown(BEN, 2, 2), seq: 2 };
const lost: Told = { ok: false, code: 'ASSIGNED_TO_OTHER', conversation: shown(BEN, 2, 2) };

describe('the search for a valid order', () => {
  const log = logOf(firstText, claimOf(BEN));

  it('finds one for two claims at once of which one won', () => {
    expect(faults(log, text, claim('ben', 2, 9, won), claim('cleo', 3, 8, lost))).toEqual([]);
  });

  it('finds none where both were told that they won', () => {
    const both: Told = { ok: true, conversation: shown(CLEO, 2, 2), seq: 2 };
    expect(faults(log, text, claim('ben', 2, 9, won), claim('cleo', 3, 8, both))).toHaveLength(1);
  });

  it('finds none where somebody was refused for what had not begun yet', () => {
    expect(faults(log, text, claim('cleo', 2, 3, lost), claim('ben', 4, 5, won))).toHaveLength(1);
  });

  it('finds none where a look shows what had been changed by an answered command', () => {
    const early = look('cleo', 3, 6, shown(null, 1, 1));
    const late = look('cleo', 6, 7, shown(null, 1, 1));
    expect(faults(log, text, claim('ben', 2, 5, won), early)).toEqual([]);
    expect(faults(log, text, claim('ben', 2, 5, won), late)).toHaveLength(1);
  });

  it('finds none where the log holds what nobody asked for', () => {
    expect(faults(log, text)).toEqual([expect.stringContaining('that nobody asked for')]);
  });

  it('finds none where a refusal has a reason that was not true at any moment of the call', () => {
    const done: Told = { ok: false, code: 'DONE', conversation: undefined };
    expect(faults(log, text, claim('ben', 2, 9, won), claim('cleo', 3, 8, done))).toHaveLength(1);
  });
});

describe('a sound log', () => {
  it('has no gap, and its entries are what their events say', () => {
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN)))).not.toThrow();
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN)).slice(1))).toThrow('toEqual');
  });

  it('has one owner in every epoch', () => {
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN), claimOf(CLEO)))).toThrow('toEqual');
  });

  it('has no reply of somebody who does not own', () => {
    const queued: ConversationEvent = {
      type: 'message.queued',
      data: {
        messageId: 'm2',
        clientMessageId: 'm2',
        carrier: 'simulator',
        accountId: 'a',
        from: '+2',
        to: ['+1'],
        text: 'hi',
        media: [],
        origin: 'person',
      },
    };
    const after = claimOf(BEN).after;
    const by = (who: string): Line => ({ events: [queued], after, by: who, command: 'reply' });
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN), by('ben')))).not.toThrow();
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN), by('cleo')))).toThrow('toEqual');
  });

  it('has no transfer by way of Unassigned', () => {
    const returned: ConversationEvent = {
      type: 'conversation.returned',
      data: { from: BEN, cause: 'returned' },
    };
    const transferred: ConversationEvent = {
      type: 'conversation.transferred',
      data: { from: BEN, to: CLEO },
    };
    const after = { status: 'open', ownerId: 'cleo', epoch: 4 } as const;
    const detour: Line = { events: [returned, transferred], after, by: 'ben', command: 'transfer' };
    const straight: Line = {
      events: [transferred],
      after: { ...after, epoch: 3 },
      by: 'ben',
      command: 'transfer',
    };
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN), straight))).not.toThrow();
    expect(() => expectSoundLog(logOf(firstText, claimOf(BEN), detour))).toThrow('toEqual');
  });
});
