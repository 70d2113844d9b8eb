import {
  ADMIN,
  mayBeGiven,
  NEVER,
  step,
  waits,
  type Conversation,
  type Giving,
  type Group,
  type Who,
} from './conversation-model.js';

/** Everything that the inbox's rule looks at: all conversations of the inbox, and who was given one last. */
export interface Table {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly last: Who | null;
}

/** In the order in which they take turns. */
const SEATS: readonly Who[] = [ADMIN, 'ben', 'cleo', 'olga'];

/** How many of their open ones somebody is at work on: what is snoozed rests. */
const load = (who: Who, conversations: Iterable<Conversation>): number =>
  [...conversations].filter(({ owner, snoozed }) => owner === who && !snoozed).length;

/**
 * Every way in which one look at what waits may end. The model does not know which of them waits longest, so any may be
 * given first.
 */
export function waysToGive(table: Table, { group }: { readonly group: Group }): readonly Table[] {
  const { giving } = group;
  if (!giving) return [table];
  const waiting = [...table.conversations].filter(([, now]) => waits(now)).map(([id]) => id);
  return orders(waiting).map((order) =>
    order.reduce((current, id) => afterGiving(id, current, group, giving), table),
  );
}

function afterGiving(id: string, table: Table, group: Group, giving: Giving): Table {
  const now = table.conversations.get(id) ?? NEVER;
  const to = chosen(now, table, group, giving);
  const given = to && step(now, { kind: 'give', to, rule: giving.rule }, group);
  if (!to || given?.kind !== 'entry') return table;
  return { last: to, conversations: new Map([...table.conversations, [id, given.next]]) };
}

function chosen(
  now: Conversation,
  { conversations, last }: Table,
  group: Group,
  { rule, limit }: Giving,
): Who | undefined {
  const seat = last === null ? -1 : SEATS.indexOf(last);
  const inTurn = [...SEATS.slice(seat + 1), ...SEATS.slice(0, seat + 1)];
  const has = (who: Who) => load(who, conversations.values());
  const free = inTurn.filter((who) => mayBeGiven(who, now, group) && has(who) < limit);
  return rule === 'round_robin' ? free[0] : free.toSorted((a, b) => has(a) - has(b))[0];
}

const orders = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((first, i) => orders(all.toSpliced(i, 1)).map((others) => [first, ...others]));
