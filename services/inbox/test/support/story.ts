import { READY_ROLES, type Actor } from '@partyline/contracts';
import type { Command, PersonCommand, Place, ReceiveMessage } from '../../src/domain/commands.js';
import { applyEntry } from '../../src/domain/apply.js';
import { NONE, type ConversationState, type Entry } from '../../src/domain/conversation.js';
import { decide } from '../../src/domain/decide/decide.js';
import type { Decision } from '../../src/domain/decide/decision.js';
import type { Inbox, Member, Surroundings } from '../../src/domain/inbox.js';

/** ada is an Admin, ben and cleo are Members, olga observes, zoe is an Admin outside of the group, eve knows nobody. */
export const PEOPLE: Readonly<Record<string, Member>> = {
  ada: person('ada', 'Ada', 'admin'),
  ben: person('ben', 'Ben', 'member'),
  cleo: person('cleo', 'Cleo', 'member'),
  olga: person('olga', 'Olga', 'observer'),
  zoe: person('zoe', 'Zoe', 'admin'),
  eve: person('eve', 'Eve', 'member'),
};

export function person(id: string, name: string, role: keyof typeof READY_ROLES): Member {
  return {
    id,
    name,
    active: true,
    availability: 'available',
    permissions: new Set(READY_ROLES[role].permissions),
  };
}

export const SUPPORT: Inbox = {
  id: 'department-support',
  name: 'Support',
  kind: 'shared',
  memberIds: new Set(['ada', 'ben', 'cleo', 'olga']),
  reopenTo: 'unassigned',
  returnWhenAway: false,
  autoAssign: null,
  active: true,
};
export const CLEOS: Inbox = {
  ...SUPPORT,
  id: 'member-cleo',
  name: 'Cleo',
  kind: 'member',
  memberIds: new Set(['cleo']),
};
export const EVERYONES: Inbox = { ...SUPPORT, id: 'everyone-main', name: 'All of us', kind: 'everyone' };

export const around = (
  inbox: Inbox = SUPPORT,
  changes: Record<string, Partial<Member>> = {},
): Surroundings => ({
  inbox,
  people: new Map(
    Object.values(PEOPLE).map((member) => [member.id, { ...member, ...changes[member.id] }] as const),
  ),
});

export const PLACE: Place = {
  conversationId: 'cv_1',
  number: '+12125550101',
  peers: ['+13105550001'],
  contactName: null,
};

export function inbound(text = 'hello', changes: Partial<ReceiveMessage['message']> = {}): ReceiveMessage {
  return {
    type: 'receive',
    place: PLACE,
    optOuts: [],
    languages: [],
    autoReply: null,
    keywordAnswer: null,
    message: {
      messageId: 'ms_in',
      receiptId: 'rc_1',
      carrier: 'simulator',
      accountId: 'acc',
      from: '+13105550001',
      to: '+12125550101',
      text,
      media: [],
      receivedAt: '2026-11-23T12:00:00.000Z',
      trace: [{ step: 'inbox', id: 'department-support', text: 'Support' }],
      ...changes,
    },
  };
}

export const draft = (text = 'hi there', id = 'ms_out') => ({
  messageId: id,
  clientMessageId: `client-${id}`,
  text,
  media: [],
});

export function actorOf(command: Command): Actor {
  if ('by' in command) return { kind: 'user', id: command.by, name: PEOPLE[command.by]?.name ?? command.by };
  if (command.type === 'receive') return { kind: 'contact', id: command.message.from };
  return command.type === 'status' ? { kind: 'carrier', id: 'carrier' } : { kind: 'system', id: 'inbox' };
}

export const at = (seq: number): string => new Date(Date.UTC(2026, 10, 23, 12, 0, seq)).toISOString();

/** A conversation that grows command by command, with nobody else about. */
export class Story {
  readonly log: Entry[] = [];
  state: ConversationState = NONE;
  last: Decision | undefined;

  constructor(public surroundings: Surroundings = around()) {}

  do(command: Command): this {
    this.last = decide(this.state, command, this.surroundings);
    if (this.last.ok && this.last.value.length > 0) {
      const entry: Entry = {
        conversationId: PLACE.conversationId,
        inbox: { id: this.surroundings.inbox.id, kind: this.surroundings.inbox.kind },
        seq: this.log.length + 1,
        at: at(this.log.length + 1),
        actor: actorOf(command),
        events: this.last.value,
      };
      this.log.push(entry);
      this.state = applyEntry(this.state, entry);
    }
    return this;
  }

  /** A person's command that saw the conversation as it is. */
  by(userId: string, command: Unaddressed): this {
    return this.do({ expectedEpoch: this.epoch, ...command, by: userId });
  }

  get epoch(): number {
    return this.existing.epoch;
  }

  get existing() {
    if (this.state.status === 'none') throw new Error('There is no conversation yet');
    return this.state;
  }

  /** The types of the events that the last command amounted to, or the code of its refusal. */
  get outcome(): string[] | string {
    if (!this.last) throw new Error('Nothing happened yet');
    return this.last.ok ? this.last.value.map(({ type }) => type) : this.last.error.code;
  }

  get owner(): string | null {
    return this.existing.owner?.id ?? null;
  }
}

type Unaddressed = PersonCommand extends infer C
  ? C extends PersonCommand
    ? Omit<C, 'by' | 'expectedEpoch'> & { expectedEpoch?: number }
    : never
  : never;

export const story = (inbox: Inbox = SUPPORT): Story => new Story(around(inbox));
/** Unassigned, with one text. */
export const unassigned = (inbox?: Inbox): Story => story(inbox).do(inbound());
/** Ben's. */
export const bens = (): Story => unassigned().by('ben', { type: 'claim' });
/** Done by Ben. */
export const done = (inbox: Inbox = SUPPORT): Story =>
  new Story(around(inbox))
    .do(inbound())
    .by('ben', { type: 'claim' })
    .by('ben', { type: 'complete', seenSeq: 9 });
