import {
  AddNote,
  AssignConversation,
  ClaimConversation,
  CompleteConversation,
  CreateTag,
  GetConversation,
  ReopenConversation,
  ReplyToConversation,
  ReturnConversation,
  SnoozeConversation,
  StartConversation,
  TagConversation,
  TransferConversation,
  WakeConversation,
  type CommandAccepted,
  type ConversationView,
  type Refusal,
} from '@partyline/contracts';
import { conversationId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { DirectoryStore } from '../../src/application/directory-store.js';
import { AssignWaiting } from '../../src/application/upkeep/assign-waiting.js';
import { Company, OUR_NUMBER } from '../support/company.js';
import type { World } from '../support/inbox-service.js';
import type { Routed } from '../support/neighbours.js';
import { mayOwn, type Group, type PersonCall, type Who } from './conversation-model.js';
import type { GroupVersion, History, Record, Told } from './history.js';
import type { CustomerOperation, OfficeOperation, PersonOperation } from './operations.js';

type Answer<T> = { ok: true; value: T } | { ok: false; error: Refusal };
interface Sent {
  readonly call: PersonCall;
  readonly key: string;
}

/** The company's one tag. */
const TAG = 'tg_vip';

export const EVERYBODY: Group = {
  members: new Set(['ada', 'ben', 'cleo', 'olga']),
  active: new Set(['ada', 'ben', 'cleo', 'olga']),
  away: new Set(),
  giving: null,
  reopenTo: 'unassigned',
};

/** A company of its own at the real service, two of its customers, and everything that was said and answered. */
export class Team {
  private readonly records: Record[] = [];
  private readonly groups: GroupVersion[] = [{ group: EVERYBODY, from: 0, to: 0 }];
  /** What each person last saw of each conversation, and what they last sent. */
  private readonly seen = new Map<string, { epoch: number; seq: number }>();
  private readonly sent = new Map<string, Sent>();
  private readonly texts = new Map<number, Routed>();
  private readonly contacts: readonly string[];
  private time = 0;

  private constructor(
    readonly world: World,
    readonly company: Company,
  ) {
    this.contacts = [company.customer(), company.customer()];
  }

  static async at(world: World): Promise<Team> {
    const company = await Company.found(world.bus);
    await company.get('ada', CreateTag, { tagId: TAG, name: 'VIP', colour: 'blue' });
    return new Team(world, company);
  }

  get history(): History {
    return { records: this.records, groups: this.groups };
  }
  get conversationIds(): readonly string[] {
    return this.contacts.map((contact) =>
      conversationId(this.company.tenantId, 'support', OUR_NUMBER, [contact]),
    );
  }
  get group(): Group {
    return this.groups.at(-1)?.group ?? EVERYBODY;
  }

  /** A look first, where the operation wants one; then the command with what its person knows by then. */
  async act(operation: PersonOperation): Promise<readonly Record[]> {
    const { by, contact, looks, kind } = operation;
    const before = this.records.length;
    const at = `${by} ${contact}`;
    if (looks && kind !== 'look') await this.send(contact, { call: { kind: 'look', by }, key: '' });
    const sent = kind === 'again' ? this.sent.get(at) : this.newCommand(operation);
    if (sent) {
      if (sent.call.kind !== 'look') this.sent.set(at, sent);
      await this.send(contact, sent);
    }
    return this.records.slice(before);
  }

  /** Resolves when the bus has it, not when it has landed. Null where there is no text to be sent again. */
  async text(operation: CustomerOperation): Promise<Record | null> {
    const { contact } = operation;
    const word = operation.kind === 'inbound' ? operation.word : 'hello';
    const from = ++this.time;
    const again = operation.kind === 'duplicate' ? this.texts.get(contact) : this.newText(contact, word);
    if (!again) return null;
    this.texts.set(contact, again);
    const { messageId, text } = again.message;
    const record: Record = {
      call: { kind: 'inbound', text: messageId, word: text as typeof word },
      conversationId: this.idOf(contact),
      from,
      to: Infinity,
      key: messageId,
      told: undefined,
    };
    this.records.push(record);
    await this.world.bus.land([again]);
    return record;
  }

  /** Resolves when the service decides by it. */
  async change(operation: OfficeOperation): Promise<void> {
    const group = changed(this.group, operation);
    const version = { group, from: ++this.time, to: Infinity };
    this.groups.push(version);
    const { tenantId } = this.company;
    if (operation.kind === 'activity' || operation.kind === 'presence') {
      const { who } = operation;
      await this.world.bus.user(tenantId, who, ROLES[who], {
        active: group.active.has(who),
        availability: group.away.has(who) ? 'away' : 'available',
      });
    } else {
      const { members, reopenTo, giving } = group;
      await this.world.bus.inbox(tenantId, 'support', [...members], { reopenTo, autoAssign: giving });
    }
    await eventually(() => this.knows(group));
    version.to = ++this.time;
  }

  /** What every second would: the test has the lease of it, so that it happens when it is meant to. */
  async give(): Promise<void> {
    await this.world.service.app.get(AssignWaiting).execute();
  }

  /** Whether everything that follows from the last change has followed: nobody owns who may not. */
  async settled(): Promise<boolean> {
    const owners = await this.world.database.conversations
      .find({ tenantId: this.company.tenantId, ownerId: { $ne: null } })
      .toArray();
    return owners.every(({ ownerId }) => mayOwn(ownerId as Who, this.group));
  }

  async landed(text: string): Promise<boolean> {
    const entry = await this.world.database.timeline.findOne({
      tenantId: this.company.tenantId,
      messageId: text,
      unpublished: { $exists: false },
    });
    return entry !== null;
  }

  private idOf = (contact: number): string => this.conversationIds[contact] ?? '';

  private newText(contact: number, word: string): Routed {
    const from = this.contacts[contact] ?? '';
    // A moment of its own for each, so that it is certain which word was the last.
    const receivedAt = new Date(Date.now() + this.time).toISOString();
    const { tenantId } = this.company;
    return this.world.bus.routed(tenantId, { from, to: OUR_NUMBER, text: word, receivedAt });
  }

  private newCommand({ by, contact, ...rest }: PersonOperation): Sent {
    const { epoch, seq } = this.seen.get(`${by} ${contact}`) ?? { epoch: 0, seq: 0 };
    const key = `key${++this.time}`;
    switch (rest.kind) {
      case 'look':
      case 'note':
      case 'tag':
      case 'untag':
      case 'start':
        return { key, call: { kind: rest.kind, by } };
      case 'claim':
      case 'return':
      case 'wake':
        return { key, call: { kind: rest.kind, by, epoch } };
      case 'done':
      case 'snooze':
        return { key, call: { kind: rest.kind, by, epoch, seen: seq } };
      case 'assign':
      case 'transfer':
        return { key, call: { kind: rest.kind, by, to: rest.to, epoch } };
      case 'reopen':
        return { key, call: { kind: 'reopen', by, to: rest.to, epoch } };
      case 'reply':
        return { key, call: { kind: 'reply', by, claim: rest.claim, epoch } };
      case 'again':
        throw new Error('what is sent again is not made anew');
      default:
        return rest satisfies never;
    }
  }

  private async send(contact: number, { call, key }: Sent): Promise<void> {
    const id = this.idOf(contact);
    const from = ++this.time;
    const told = await this.ask(contact, id, call, key);
    const to = ++this.time;
    if (told.conversation) this.seen.set(`${call.by} ${contact}`, told.conversation);
    const known = call.kind === 'look' ? '' : `${call.by}:${COMMAND_TYPES[call.kind]}:${key}`;
    this.records.push({ call, conversationId: id, from, to, key: known, told });
  }

  private async ask(contact: number, id: string, call: PersonCall, key: string): Promise<Told> {
    const { by } = call;
    const about = { conversationId: id, commandId: key };
    const { company } = this;
    switch (call.kind) {
      case 'look':
        return shown(await company.ask(by, GetConversation, { conversationId: id }));
      case 'claim':
        return told(await company.ask(by, ClaimConversation, { ...about, expectedEpoch: call.epoch }));
      case 'return':
        return told(await company.ask(by, ReturnConversation, { ...about, expectedEpoch: call.epoch }));
      case 'assign':
      case 'transfer': {
        const definition = call.kind === 'assign' ? AssignConversation : TransferConversation;
        const request = { ...about, expectedEpoch: call.epoch, assigneeId: call.to };
        return told(await company.ask(by, definition, request));
      }
      case 'done': {
        const request = { ...about, expectedEpoch: call.epoch, seenSeq: call.seen };
        return told(await company.ask(by, CompleteConversation, request));
      }
      case 'snooze': {
        const request = { ...about, expectedEpoch: call.epoch, seenSeq: call.seen, until: null };
        return told(await company.ask(by, SnoozeConversation, request));
      }
      case 'wake':
        return told(await company.ask(by, WakeConversation, { ...about, expectedEpoch: call.epoch }));
      case 'reopen': {
        const request = { ...about, expectedEpoch: call.epoch, assigneeId: call.to };
        return told(await company.ask(by, ReopenConversation, request));
      }
      case 'reply': {
        const draft = { clientMessageId: key, text: `reply ${key}`, media: [], claim: call.claim };
        const request = { ...about, ...draft, expectedEpoch: call.epoch };
        return told(await company.ask(by, ReplyToConversation, request));
      }
      case 'note':
        return told(await company.ask(by, AddNote, { ...about, text: `note ${key}` }));
      case 'tag':
        return told(await company.ask(by, TagConversation, { ...about, add: [TAG], remove: [] }));
      case 'untag':
        return told(await company.ask(by, TagConversation, { ...about, add: [], remove: [TAG] }));
      case 'start': {
        const to = this.contacts[contact] ?? '';
        const request = { commandId: key, inboxId: 'support', to, clientMessageId: key, text: 'hi' };
        return told(await company.ask(by, StartConversation, request));
      }
      default:
        return call satisfies never;
    }
  }

  /** As commands will see it from now on. */
  private async knows({ members, active, away, reopenTo, giving }: Group): Promise<boolean> {
    const directory = await this.world.service.app.get(DirectoryStore).of(this.company.tenantId);
    const inbox = directory.inboxes.get('support');
    const people = [...EVERYBODY.members];
    return (
      inbox?.reopenTo === reopenTo &&
      JSON.stringify(inbox.autoAssign) === JSON.stringify(giving) &&
      people.every((who) => (directory.people.get(who)?.availability === 'away') === away.has(who)) &&
      people.every((who) => inbox.memberIds.has(who) === members.has(who)) &&
      people.every((who) => directory.people.get(who)?.active === active.has(who))
    );
  }
}

const ROLES = { ada: 'admin', ben: 'member', cleo: 'member', olga: 'observer' } as const;

/** How the log names the commands; the domain's words for them. */
const COMMAND_TYPES: Readonly<{ [K in Exclude<PersonCall['kind'], 'look'>]: string }> = {
  claim: 'claim',
  assign: 'assign',
  transfer: 'transfer',
  return: 'return',
  done: 'complete',
  snooze: 'snooze',
  wake: 'wake',
  reopen: 'reopen',
  reply: 'reply',
  note: 'note',
  tag: 'tag',
  untag: 'tag',
  start: 'start',
};

function changed(group: Group, operation: OfficeOperation): Group {
  const set = (who: Who, all: ReadonlySet<Who>, is: boolean) =>
    new Set([...all].filter((one) => one !== who).concat(is ? [who] : []));
  switch (operation.kind) {
    case 'policy':
      return { ...group, reopenTo: operation.reopenTo };
    case 'giving':
      return { ...group, giving: operation.giving };
    case 'membership':
      return { ...group, members: set(operation.who, group.members, operation.member) };
    case 'activity':
      return { ...group, active: set(operation.who, group.active, operation.active) };
    case 'presence':
      return { ...group, away: set(operation.who, group.away, operation.away) };
    default:
      return operation satisfies never;
  }
}

const told = (answer: Answer<CommandAccepted>): Told =>
  answer.ok
    ? { ok: true, conversation: answer.value.conversation, seq: answer.value.seq }
    : { ok: false, code: answer.error.code, conversation: answer.error.conversation };

const shown = (answer: Answer<ConversationView>): Told =>
  answer.ok
    ? { ok: true, conversation: answer.value, seq: answer.value.seq }
    : { ok: false, code: answer.error.code, conversation: answer.error.conversation };
