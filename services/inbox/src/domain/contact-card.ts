import type { Person } from '@partyline/contracts';
import { derivedId, fail, ok, type Result } from '@partyline/kernel';

/** A contact with what people wrote down about them. Moments are ISO 8601 in UTC. */
export interface ContactCard {
  readonly id: string;
  readonly name: string | null;
  readonly notes: string;
  /** No other contact of the tenant has any of them. */
  readonly numbers: readonly string[];
  /** Where they wrote or were written to; {@link EVERYWHERE} for those that people wrote down themselves. */
  readonly inboxIds: readonly string[];
  readonly lastActivityAt: string;
  /** +1 at every change by a person. */
  readonly revision: number;
  /** The contact that this one became part of, and the numbers that it brought along. */
  readonly mergedInto: string | null;
  readonly brought: readonly string[];
  /** When it was last erased, and by whom. */
  readonly erased?: { readonly at: string; readonly by: Person };
}

/** In place of an inbox's id: whoever may see any inbox may see this contact. */
export const EVERYWHERE = '*';

export type ContactEvent =
  | { readonly type: 'contact.created'; readonly data: { name: string | null; numbers: readonly string[] } }
  | {
      readonly type: 'contact.changed';
      readonly data: { name?: string | null; notes?: true; added?: string[]; removed?: string[] };
    }
  | { readonly type: 'contact.merged'; readonly data: Part }
  | { readonly type: 'contact.separated'; readonly data: Part }
  | { readonly type: 'contact.erased'; readonly data: { numbers: readonly string[] } }
  | { readonly type: 'contact.became-part'; readonly data: { of: string; name: string | null } };
interface Part {
  readonly contact: string;
  readonly name: string | null;
  readonly numbers: readonly string[];
}

/** One contact before and after; `before` null: it is new. */
export interface CardChange {
  readonly before: ContactCard | null;
  readonly after: ContactCard;
  readonly events: readonly ContactEvent[];
}

export interface CardError {
  readonly code: 'VALIDATION' | 'STALE' | 'IN_USE' | 'NOT_FOUND';
  readonly message: string;
}
/** What belongs together: all of it is done, or nothing. Empty: there is nothing left to do. */
export type CardDecision = Result<readonly CardChange[], CardError>;

export interface CardInput {
  readonly name?: string | undefined;
  readonly notes?: string | undefined;
  /** As carriers write them. */
  readonly numbers?: readonly string[] | undefined;
}

const refuse = (code: CardError['code'], message: string): CardDecision => fail({ code, message });
const nameOf = (typed: string): string | null => typed.replaceAll(/\s+/gu, ' ').trim() || null;
const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
const without = (list: readonly string[], others: readonly string[]): string[] =>
  list.filter((each) => !others.includes(each));

/** `holders`: the contacts that have any of the numbers now. */
export function createCard(
  id: string,
  input: CardInput,
  holders: readonly ContactCard[],
  at: string,
): CardDecision {
  const name = nameOf(input.name ?? '');
  const numbers = union(input.numbers ?? []);
  if (numbers.length === 0 && name === null) return refuse('VALIDATION', 'Write a name or a number.');
  const inUse = namedHolder(holders);
  if (inUse) return inUse;
  const after = {
    id,
    name,
    notes: input.notes?.trim() ?? '',
    numbers,
    revision: 1,
    mergedInto: null,
    brought: [],
    inboxIds: union([EVERYWHERE], ...holders.map(({ inboxIds }) => inboxIds)),
    lastActivityAt: at,
  };
  return ok([
    ...holders.map((bare) => absorbed(bare, after)),
    { before: null, after, events: [{ type: 'contact.created', data: { name, numbers } }] },
  ]);
}

export function changeCard(
  card: ContactCard,
  expectedRevision: number,
  input: CardInput,
  holders: readonly ContactCard[],
): CardDecision {
  const stale = staleness(card, expectedRevision);
  if (stale) return stale;
  const numbers = input.numbers === undefined ? card.numbers : union(input.numbers);
  const others = holders.filter(({ id }) => id !== card.id);
  const inUse = namedHolder(others);
  if (inUse) return inUse;
  const name = input.name === undefined ? card.name : nameOf(input.name);
  const notes = input.notes === undefined ? card.notes : input.notes.trim();
  const added = without(numbers, card.numbers);
  const removed = without(card.numbers, numbers);
  if (name === card.name && notes === card.notes && added.length + removed.length === 0) return ok([]);
  const after = {
    ...card,
    name,
    notes,
    numbers,
    revision: card.revision + 1,
    inboxIds: union(card.inboxIds, ...others.map(({ inboxIds }) => inboxIds)),
  };
  const data = {
    ...(name === card.name ? {} : { name }),
    // What is written in them is nobody's business but theirs who may read them.
    ...(notes === card.notes ? {} : { notes: true as const }),
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
  };
  return ok([
    ...others.map((bare) => absorbed(bare, after)),
    { before: card, after, events: [{ type: 'contact.changed', data }] },
    ...removed.map((number) => released(card, number)),
  ]);
}

export function mergeCards(into: ContactCard, expectedRevision: number, other: ContactCard): CardDecision {
  if (into.id === other.id) return refuse('VALIDATION', 'A contact cannot be merged with itself.');
  if (other.mergedInto === into.id) return ok([]);
  const stale = staleness(into, expectedRevision);
  if (stale) return stale;
  if (other.mergedInto !== null) return refuse('STALE', 'The other contact was merged meanwhile.');
  const after = {
    ...into,
    name: into.name ?? other.name,
    notes: [into.notes, other.notes].filter((text) => text !== '').join('\n\n'),
    numbers: union(into.numbers, other.numbers),
    inboxIds: union(into.inboxIds, other.inboxIds),
    lastActivityAt: later(into.lastActivityAt, other.lastActivityAt),
    revision: into.revision + 1,
  };
  return ok([
    absorbed(other, after),
    { before: into, after, events: [{ type: 'contact.merged', data: partOf(other, other.numbers) }] },
  ]);
}

/** The merge taken back: the other has its name and notes still, and gets those of its numbers that are still here. */
export function separateCards(from: ContactCard, expectedRevision: number, other: ContactCard): CardDecision {
  if (other.mergedInto !== from.id) {
    return refuse('NOT_FOUND', 'That contact is not part of this one (any more).');
  }
  const stale = staleness(from, expectedRevision);
  if (stale) return stale;
  const numbers = other.brought.filter((number) => from.numbers.includes(number));
  const after = {
    ...other,
    numbers,
    mergedInto: null,
    brought: [],
    revision: other.revision + 1,
    inboxIds: union(from.inboxIds, other.inboxIds),
    lastActivityAt: from.lastActivityAt,
  };
  const rest = { ...from, numbers: without(from.numbers, numbers), revision: from.revision + 1 };
  const data = partOf(other, numbers);
  return ok([
    { before: from, after: rest, events: [{ type: 'contact.separated', data }] },
    { before: other, after, events: [{ type: 'contact.separated', data }] },
  ]);
}

/** What was written down about the contact goes; `parts`: all that became part of it. The numbers stay, for consent. */
export function eraseCard(
  card: ContactCard,
  { confirm, expectedRevision }: { readonly confirm: string; readonly expectedRevision: number },
  parts: readonly ContactCard[],
  erased: NonNullable<ContactCard['erased']>,
): CardDecision {
  const stale = staleness(card, expectedRevision);
  if (stale) return stale;
  const names = card.numbers.length > 0 ? card.numbers : [card.name ?? ''];
  if (!names.includes(confirm)) {
    return refuse('VALIDATION', 'Repeat one of the contact’s numbers to confirm: there is no way back.');
  }
  return ok(
    [card, ...parts].map((before) => ({
      before,
      after: { ...before, name: null, notes: '', revision: before.revision + 1, erased },
      events: [{ type: 'contact.erased', data: { numbers: before.numbers } }],
    })),
  );
}

/** An entry of the log of contacts without what was written down. */
export function erasedCardEvent(event: ContactEvent): ContactEvent {
  switch (event.type) {
    case 'contact.created':
    case 'contact.merged':
    case 'contact.separated':
    case 'contact.became-part':
      return { ...event, data: { ...event.data, name: null } } as ContactEvent;
    case 'contact.changed':
      return 'name' in event.data ? { ...event, data: { ...event.data, name: null } } : event;
    case 'contact.erased':
      return event;
    default:
      return event satisfies never;
  }
}

/** A number with nothing written down about it: it may become anybody's. */
const isBare = ({ name, notes, numbers }: ContactCard): boolean =>
  name === null && notes === '' && numbers.length <= 1;

function namedHolder(holders: readonly ContactCard[]): CardDecision | null {
  const held = holders.find((card) => !isBare(card));
  if (!held) return null;
  const whose = held.name ?? held.numbers.join(', ');
  return refuse('IN_USE', `A number of these belongs to ${whose} already. Merge the two contacts instead.`);
}

function staleness(card: ContactCard, expectedRevision: number): CardDecision | null {
  if (card.mergedInto !== null) return refuse('STALE', 'This contact was merged into another one meanwhile.');
  return card.revision === expectedRevision
    ? null
    : refuse('STALE', 'Somebody changed this contact since you saw it. Look at it again, then decide.');
}

function absorbed(before: ContactCard, into: ContactCard): CardChange {
  const after = {
    ...before,
    numbers: [],
    brought: before.numbers,
    mergedInto: into.id,
    revision: before.revision + 1,
  };
  return { before, after, events: [{ type: 'contact.became-part', data: { of: into.id, name: into.name } }] };
}

/** A number that was taken out of a contact stands for itself. */
function released(card: ContactCard, number: string): CardChange {
  const after = {
    id: derivedId('ct', card.id, String(card.revision), number),
    name: null,
    notes: '',
    numbers: [number],
    mergedInto: null,
    brought: [],
    revision: 1,
    inboxIds: card.inboxIds,
    lastActivityAt: card.lastActivityAt,
  };
  return {
    before: null,
    after,
    events: [{ type: 'contact.created', data: { name: null, numbers: [number] } }],
  };
}

const partOf = ({ id, name }: ContactCard, numbers: readonly string[]): Part => ({
  contact: id,
  name,
  numbers,
});
const later = (one: string, other: string): string => (one > other ? one : other);
