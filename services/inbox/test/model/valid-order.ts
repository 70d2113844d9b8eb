import type { EntryDocument } from '../../src/adapters/mongo/documents.js';
import { agrees, essenceOf } from './agreement.js';
import { NEVER, step, type Call, type Conversation, type Step, type Who } from './conversation-model.js';
import { groupsDuring, type History, type Record } from './history.js';

/**
 * Whether what many people at once were told of one conversation can be put in an order: one in which each call, at one
 * moment between its beginning and its end, met the conversation as the model says that those before it left it
 * (Herlihy & Wing, Linearizability, 1990). In general such an order has to be searched for; here the log gives the order of
 * all that changed anything, so that only the calls in between look for their places, each as early as it can stand.
 *
 * Gives what cannot be, in words; nothing where there is a valid order.
 */
export function faultsOf(history: History, log: readonly EntryDocument[], conversationId: string): string[] {
  const records = history.records.filter((record) => record.conversationId === conversationId);
  const written = statesOf(history, records, log);
  if ('fault' in written) return [written.fault];
  return placesOf(history, records, written.states, written.entryOf);
}

interface Written {
  /** The conversation after each entry, by seq. */
  readonly states: readonly Conversation[];
  /** The seq of the entry that a call made. */
  readonly entryOf: ReadonlyMap<Record, number>;
}

/** Follows the log through the model: each entry must be what somebody asked for, or what the system owes. */
function statesOf(
  history: History,
  records: readonly Record[],
  log: readonly EntryDocument[],
): Written | { readonly fault: string } {
  const states: Conversation[] = [NEVER];
  const entryOf = new Map<Record, number>();
  let now = NEVER;
  for (const entry of log) {
    // One key sent twice at once: whoever began first may have written it.
    const [writer] = records.filter((record) => wrote(record, entry)).sort((a, b) => a.from - b.from);
    const calls = writer ? [writer.call] : owed(entry);
    const groups = writer
      ? groupsDuring(history, writer.from, writer.to)
      : history.groups.map(({ group }) => group);
    const next = calls
      .flatMap((call) => groups.map((group) => step(now, call, group)))
      .flatMap((outcome) => (outcome.kind === 'entry' ? [outcome.next] : []))
      .find((candidate) => matches(candidate, entry));
    if (!next) {
      const what = writer ? JSON.stringify(writer.call) : 'that nobody asked for';
      const types = entry.events.map(({ type }) => type).join(', ');
      return { fault: `entry ${entry.seq} (${types}) ${what}: not from ${JSON.stringify(essenceOf(now))}` };
    }
    if (writer) entryOf.set(writer, entry.seq);
    now = next;
    states.push(now);
  }
  return { states, entryOf };
}

const wrote = ({ key, told, call }: Record, entry: EntryDocument): boolean =>
  call.kind === 'inbound'
    ? entry.messageId === key
    : key !== '' && entry.commandId === key && told?.ok === true && told.conversation.seq === entry.seq;

/** What the system may do by itself: give back what somebody may not own, and pass on the customer's word. */
function owed({ actor, events }: EntryDocument): Call[] {
  if (actor.kind !== 'system' || events.length !== 1) return [];
  return events.flatMap((event): Call[] => {
    if (event.type === 'conversation.returned') return [{ kind: 'release', who: event.data.from.id as Who }];
    if (event.type === 'conversation.assigned' && event.data.rule)
      return [{ kind: 'give', to: event.data.owner.id as Who, rule: event.data.rule }];
    if (event.type === 'consent.changed')
      return [{ kind: 'consent', optedOut: event.data.state === 'opted_out' }];
    return [];
  });
}

const matches = (state: Conversation, { seq, after }: EntryDocument): boolean =>
  state.seq === seq &&
  state.status === after.status &&
  state.owner === after.ownerId &&
  state.epoch === after.epoch;

/** Puts every call that wrote nothing as early as it can stand, and says which cannot stand anywhere. */
function placesOf(
  history: History,
  records: readonly Record[],
  states: readonly Conversation[],
  entryOf: ReadonlyMap<Record, number>,
): string[] {
  const faults: string[] = [];
  const placed: { readonly record: Record; readonly place: number }[] = [];
  for (const record of [...records].sort((a, b) => a.from - b.from)) {
    const { call, from, told } = record;
    const before = placed.filter((other) => other.record.to < from);
    // A look is at what lists show: no older than what anybody was answered to have done, or shown by another look.
    const binding = call.kind === 'look' ? before.filter((other) => isShown(other.record, entryOf)) : before;
    const earliest = Math.max(0, ...binding.map(({ place }) => place));
    const own = entryOf.get(record);
    if (own !== undefined) {
      if (own <= earliest) faults.push(`${inWords(record)} came before what had been answered already`);
      if (told?.ok && !agreesAt(states, own, told)) faults.push(`${inWords(record)} shows another state`);
      placed.push({ record, place: own });
    } else if (told) {
      const place = states.findIndex(
        (_, i) => i >= earliest && standsAt(history, records, record, states, i, entryOf),
      );
      if (place === -1) faults.push(`${inWords(record)} cannot stand at or after seq ${earliest}`);
      else placed.push({ record, place });
    }
  }
  return faults;
}

const isShown = (record: Record, entryOf: ReadonlyMap<Record, number>): boolean =>
  record.call.kind === 'look' || (entryOf.has(record) && record.told !== undefined);

function standsAt(
  history: History,
  records: readonly Record[],
  record: Record,
  states: readonly Conversation[],
  place: number,
  entryOf: ReadonlyMap<Record, number>,
): boolean {
  const { told, call, key, from, to } = record;
  const state = states[place];
  if (!state || !told) return false;
  if (told.conversation && !agrees(told.conversation, state)) return false;
  const outcomes = groupsDuring(history, from, to).map((group) => step(state, call, group));
  if (!told.ok) return outcomes.some((outcome) => isRefused(outcome, told.code));
  const first = records.find((other) => key !== '' && other.key === key && entryOf.has(other));
  // The same key again: the answer of the first time, with the conversation as it is by now.
  if (first && told.seq === entryOf.get(first)) return told.seq <= place;
  return told.seq === place && outcomes.some(({ kind }) => kind === 'nothing');
}

const isRefused = (outcome: Step, code: string): boolean =>
  outcome.kind === 'refused' && outcome.reasons.includes(code);

function agreesAt(
  states: readonly Conversation[],
  seq: number,
  { conversation }: Extract<Record['told'], { ok: true }>,
): boolean {
  const state = states[seq];
  return state !== undefined && agrees(conversation, state);
}

const inWords = ({ call, from, to, told }: Record): string =>
  `${from}–${to} ${JSON.stringify(call)}, answered ${JSON.stringify(told && (told.ok ? essenceTold(told) : told.code))},`;

const essenceTold = ({ seq, conversation }: Extract<Record['told'], { ok: true }>) => ({
  seq,
  at: conversation.seq,
  owner: conversation.owner?.id ?? null,
});
