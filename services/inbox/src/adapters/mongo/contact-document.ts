import type { Actor } from '@partyline/contracts';
import type { mongo } from 'mongoose';
import type { CardChange, ContactCard, ContactEvent } from '../../domain/contact-card.js';
import { contactWords } from './contact-words.js';

/** A contact as it is. Those that became part of another have neither numbers nor inboxes, so no list finds them. */
export interface ContactDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly numbers?: readonly string[];
  readonly name?: string;
  readonly notes?: string;
  readonly inboxIds?: readonly string[];
  readonly words: readonly string[];
  readonly lastActivityAt: string;
  readonly revision?: number;
  readonly mergedInto?: string;
  readonly brought?: readonly string[];
  readonly erased?: ContactCard['erased'];
}

/** What a person did to a contact: the log of contacts, for the audit trail. */
export interface ContactEntryDocument {
  readonly _id: mongo.ObjectId;
  readonly tenantId: string;
  readonly contactId: string;
  readonly revision: number;
  readonly at: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly events: readonly ContactEvent[];
  /** Of the request; only in the entry of the contact that it was about. */
  readonly commandId?: string;
  /** There until the names stand in all conversations of `numbers`; the time of the change. */
  readonly unspread?: string;
  /** There until what the contact wrote is gone everywhere; its numbers, and the time of the decision. */
  readonly erasing?: { readonly at: string; readonly numbers: readonly string[] };
  readonly numbers?: readonly string[];
}

export function cardOf(document: ContactDocument): ContactCard {
  const { _id: id, name = null, notes = '', numbers = [], inboxIds = [], lastActivityAt } = document;
  const { revision = 0, mergedInto = null, brought = [], erased } = document;
  const card = { id, name, notes, numbers, inboxIds, lastActivityAt, revision, mergedInto, brought };
  return erased ? { ...card, erased } : card;
}

/** A contact that nobody knew. */
export function newDocument(tenantId: string, card: ContactCard): ContactDocument {
  const { id: _id, lastActivityAt } = card;
  const { $set, $addToSet } = cardUpdate(card);
  return { _id, tenantId, lastActivityAt, ...$set, inboxIds: $addToSet?.inboxIds.$each ?? [] };
}

/** What people changed; where and when the contact last spoke goes on being gathered beside it. */
export function cardUpdate(card: ContactCard) {
  const { name, notes, numbers, inboxIds, lastActivityAt, revision, mergedInto, brought, erased } = card;
  const isPart = mergedInto !== null;
  const gone = {
    ...(name === null ? { name: '' as const } : {}),
    ...(isPart
      ? { numbers: '' as const, inboxIds: '' as const }
      : { mergedInto: '' as const, brought: '' as const }),
    // An empty list would count as one value of a unique key.
    ...(numbers.length === 0 ? { numbers: '' as const } : {}),
  };
  return {
    $set: {
      ...(name === null ? {} : { name }),
      notes,
      revision,
      ...(erased ? { erased } : {}),
      words: isPart ? [] : contactWords(name, numbers),
      ...(isPart ? { mergedInto, brought } : {}),
      ...(numbers.length === 0 ? {} : { numbers }),
    },
    $unset: gone,
    $max: { lastActivityAt },
    ...(isPart ? {} : { $addToSet: { inboxIds: { $each: [...inboxIds] } } }),
  };
}

/** Every number that any of these changes is about. */
export const numbersIn = (changes: readonly CardChange[]): string[] => [
  ...new Set(changes.flatMap(({ before, after }) => [...(before?.numbers ?? []), ...after.numbers])),
];
