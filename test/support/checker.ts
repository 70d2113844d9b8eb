import { derivedId } from '@partyline/kernel';
import type { Databases } from './databases.js';
import { historyOf, type Conversation } from './history.js';
import type { Ledger } from './ledger.js';
import type { Watcher } from './watcher.js';

/** A promise that was not kept. */
export interface Violation {
  /** Whose conversation it is about; empty where that is nobody's. */
  readonly tag: string;
  readonly kind: string;
  readonly what: string;
}

export interface SentText {
  readonly text: string;
  /** Ours, where the carrier takes one. */
  readonly reference?: string;
  /** Where a carrier names texts in its receipts by nothing but this id of its own. */
  readonly id?: string;
}

export interface Evidence {
  readonly ledger: Ledger;
  readonly databases: Databases;
  /** Every text that a carrier was asked to send, as often as it was. */
  readonly sent: readonly SentText[];
  /** Who saw all of it from before the first text on. */
  readonly watcher?: Watcher;
  /** Who is told of what nobody owns, by inbox. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Whether the Admins have been told of whoever waits. */
  readonly alertsAreDue: boolean;
}

/** Everything that the product owes the outside, compared with what it was promised. Empty: it kept its promises. */
export async function violations(evidence: Evidence): Promise<Violation[]> {
  const { databases, ledger } = evidence;
  const conversations = historyOf(await databases.log());
  const tags = new Map(conversations.map(({ id, peers }) => [id, ledger.tags.get(peers[0] ?? '') ?? '']));
  const told = (kind: string, id: string, what: string): Violation => ({
    tag: tags.get(id) ?? '',
    kind,
    what: `${what} (${id})`,
  });
  return [
    ...conversations.flatMap(({ id, faults }) => faults.map(({ kind, what }) => told(kind, id, what))),
    ...textsIn(conversations, ledger),
    ...commandsIn(conversations, ledger),
    ...(await shownIn(conversations, databases, told)),
    ...(await sentIn(conversations, evidence, told)),
    ...(await receiptsIn(evidence)),
    ...(await notificationsIn(conversations, evidence, told)),
    ...(evidence.watcher ? seenIn(conversations, evidence.watcher, told) : []),
  ];
}

type Told = (kind: string, conversationId: string, what: string) => Violation;

/** How often each of these is among them. */
function timesOf(values: Iterable<unknown>): (value: unknown) => number {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return (value) => counts.get(value) ?? 0;
}

function textsIn(conversations: readonly Conversation[], ledger: Ledger): Violation[] {
  const times = timesOf(
    conversations.flatMap(({ events }) =>
      events.flatMap(({ type, data }) => (type === 'message.received' ? [data['text']] : [])),
    ),
  );
  return ledger.texts.flatMap(({ tag, text }) => {
    const count = times(text);
    if (count === 1) return [];
    return [{ tag, kind: count === 0 ? 'text lost' : 'text twice', what: `"${text}" stands ${count} times` }];
  });
}

function commandsIn(conversations: readonly Conversation[], ledger: Ledger): Violation[] {
  const known = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  return ledger.commands.flatMap((command) => {
    const { tag, name, person, key, status, conversationId, expectedEpoch, epoch } = command;
    const entries = known.get(conversationId)?.entries ?? [];
    const mine = entries.filter(({ commandId }) => commandId?.endsWith(`:${key}`));
    const fault = (kind: string, what: string): Violation => ({
      tag,
      kind,
      what: `${name} of ${person}: ${what} (${conversationId})`,
    });
    if (status !== 200) {
      return mine.length === 0 ? [] : [fault('refused yet done', `refused with ${status}, and in the log`)];
    }
    const [entry] = mine;
    if (!entry || mine.length > 1) {
      return [
        fault(entry ? 'command twice' : 'command lost', `answered 200, ${mine.length} times in the log`),
      ];
    }
    const before = entries.find(({ seq }) => seq === entry.seq - 1)?.after.epoch;
    return [
      ...(expectedEpoch !== undefined && before !== expectedEpoch
        ? [fault('stale command', `accepted for epoch ${expectedEpoch} in epoch ${before}`)]
        : []),
      ...(entry.seq === command.seq && entry.after.epoch !== epoch
        ? [fault('wrong answer', `answered epoch ${epoch}, the log says ${entry.after.epoch}`)]
        : []),
    ];
  });
}

/** What lists show is the log's, and everything in the log was told. */
async function shownIn(
  conversations: readonly Conversation[],
  databases: Databases,
  told: Told,
): Promise<Violation[]> {
  const shown = new Map((await databases.conversations()).map((one) => [one._id, one]));
  return conversations.flatMap(({ id, seq, owner, status, entries }) => {
    const projection = shown.get(id);
    const isRight = projection?.seq === seq && projection.ownerId === owner && projection.status === status;
    const untold = entries.filter(({ unpublished }) => unpublished !== undefined);
    const unheard = entries.filter(({ awaiting }) => awaiting !== undefined);
    return [
      ...(isRight ? [] : [told('list behind', id, `log ${seq}, list ${projection?.seq ?? 'without it'}`)]),
      ...untold.map((entry) => told('entry untold', id, `entry ${entry.seq} is not published`)),
      ...unheard.map((entry) => told('reply unheard', id, `delivery never spoke of entry ${entry.seq}`)),
    ];
  });
}

/** Each reply went to the carrier at most once, its end is known, and the conversation shows that. */
async function sentIn(
  conversations: readonly Conversation[],
  { sent, databases }: Evidence,
  told: Told,
): Promise<Violation[]> {
  // What people write is told apart by its words, since an id of its own would hide a second message; what is sent by
  // itself says the same to many.
  const byText = timesOf(sent.map(({ text }) => text));
  const byReference = timesOf(sent.map(({ reference }) => reference));
  const attempts = new Map((await databases.attempts()).map((attempt) => [attempt.messageId, attempt]));
  const queued = new Set<unknown>();
  const found = conversations.flatMap(({ id, events }) =>
    events.flatMap(({ type, data }) => {
      if (type !== 'message.queued') return [];
      queued.add(data['text']);
      const messageId = String(data['messageId']);
      const attempt = attempts.get(messageId);
      const times = data['origin'] === 'person' ? byText(data['text']) : byReference(messageId);
      const isRefused = data['keyword'] !== undefined && attempt?.status === 'failed';
      const last = events.findLast(
        (event) => event.type === 'message.status' && event.data['messageId'] === messageId,
      );
      const isSettled = attempt?.state === 'settled' && attempt.status === last?.data['status'];
      return [
        ...(times > 1 ? [told('sent twice', id, `${messageId} went to the carrier ${times} times`)] : []),
        ...(times === 0 && attempt?.status === 'delivered'
          ? [told('never sent', id, `${messageId} counts as delivered`)]
          : []),
        ...(isRefused ? [told('keyword unanswered', id, `${messageId} is not sent`)] : []),
        ...(isSettled
          ? []
          : [
              told(
                'reply unsettled',
                id,
                `${messageId} is ${attempt?.state} ${attempt?.status}, shown ${String(last?.data['status'])}`,
              ),
            ]),
      ];
    }),
  );
  const strays = sent.filter(({ text }) => !queued.has(text));
  return [
    ...found,
    ...strays.map(({ text }) => ({ tag: '', kind: 'sent unasked', what: `"${text}" is in no log` })),
  ];
}

async function receiptsIn({ databases, sent }: Evidence): Promise<Violation[]> {
  const [open, attempts] = [await databases.openReceipts(), await databases.attempts()];
  const known = new Set(attempts.map(({ providerMessageId }) => providerMessageId));
  // Whoever sent them died before hearing the id: nobody can say whose receipt it is, and it is given up in a day.
  const nobodys = new Set(sent.flatMap(({ id }) => (id === undefined || known.has(id) ? [] : [id])));
  const unknown = attempts.filter(({ status }) => status === 'unknown').length;
  const tooMany =
    nobodys.size > unknown
      ? [
          {
            tag: '',
            kind: 'id forgotten',
            what: `${nobodys.size} ids of no reply, ${unknown} replies unknown`,
          },
        ]
      : [];
  const late = open.filter((one) => one.kind !== 'status' || !nobodys.has(one.providerMessageId));
  return [
    ...tooMany,
    ...late.map(({ _id, kind }) => ({ tag: '', kind: 'receipt open', what: `${kind} ${_id}` })),
  ];
}

/** Whoever has to hear of a text, of what came back or of what was handed to them, did; Admins of who waits too long. */
async function notificationsIn(
  conversations: readonly Conversation[],
  { databases, members, alertsAreDue }: Evidence,
  told: Told,
): Promise<Violation[]> {
  const rows = await databases.notifications();
  const known = new Set(rows.map(({ userId, eventId }) => `${userId} ${eventId}`));
  return conversations.flatMap((conversation) => {
    const { id, inboxId, status, owner, epoch } = conversation;
    const group = members[inboxId];
    if (!group) return [];
    const lost = conversation.events.flatMap((event) =>
      toTell(event, group)
        .filter((userId) => !known.has(`${userId} ${event.id}`))
        .map((userId) =>
          told('notification lost', id, `${userId} was not told of ${event.type} ${event.id}`),
        ),
    );
    const waits = alertsAreDue && status === 'open' && owner === null;
    const alert = derivedId('al', 'demo', id, String(epoch));
    return waits && !known.has(`ada ${alert}`)
      ? [...lost, told('alert lost', id, `no Admin was told that epoch ${epoch} waits`)]
      : lost;
  });
}

function toTell(
  { type, data, owner, status, actor }: Conversation['events'][number],
  group: readonly string[],
) {
  switch (type) {
    case 'message.received':
      if (status === 'done' || data['keyword'] === 'stop') return [];
      return owner === null ? group : [owner];
    case 'conversation.transferred':
      return [(data['to'] as { id: string }).id];
    case 'conversation.returned':
      return group.filter((userId) => userId !== actor);
    default:
      return [];
  }
}

/** A window that watches is shown each entry of the log, and nothing else. */
function seenIn(conversations: readonly Conversation[], watcher: Watcher, told: Told): Violation[] {
  const events = new Map(
    conversations.flatMap(({ id, events }) => events.map((event) => [event.id, { ...event, of: id }])),
  );
  const phantoms = [...watcher.items.values()].flatMap(({ item, conversation }) => {
    const logged = events.get(item.id);
    if (logged && logged.type === item.type && logged.actor === item.actor.id) {
      const shown = watcher.seen.get(item.id)?.size ?? 0;
      return shown > 1
        ? [told('two truths', conversation.id, `${shown} different ${item.id} were shown`)]
        : [];
    }
    return [told('phantom', conversation.id, `${item.type} ${item.id} was shown and is not in the log`)];
  });
  const missed =
    watcher.resets > 0
      ? []
      : [...events]
          .filter(([id]) => !watcher.seen.has(id))
          .map(([id, { of, type }]) => told('not shown live', of, `${type} ${id}`));
  return [...phantoms, ...missed];
}
