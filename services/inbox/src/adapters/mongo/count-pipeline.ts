import type { Counts } from '@partyline/contracts';
import type { mongo } from 'mongoose';
import { sectionOf, unreadBy } from './section-filter.js';

/** Screens show 99+, so nothing is counted beyond this. */
const MOST_COUNTED = 100;

export interface CountRow {
  readonly inboxId: string;
  readonly key: keyof Counts;
  readonly n: number;
}

const KEYS = ['unassigned', 'unassignedUnread', 'mine', 'mineUnread', 'others', 'snoozed'] as const;

export const emptyCounts = (): Counts => ({
  unassigned: 0,
  unassignedUnread: 0,
  mine: 0,
  mineUnread: 0,
  others: 0,
  snoozed: 0,
});

export interface LoadRow {
  readonly ownerId: string;
  readonly n: number;
}

/** One round trip for all counts of all inboxes; each is an index scan of its own that stops at {@link MOST_COUNTED}. */
export function countPipeline(
  tenantId: string,
  viewerId: string,
  inboxIds: readonly string[],
): mongo.Document[] {
  return together(
    inboxIds.flatMap((inboxId) =>
      KEYS.map((key) => counting(filterOf({ tenantId, viewerId, inboxId }, key), { inboxId, key })),
    ),
  );
}

/** As {@link countPipeline}: what each of these people owns in an inbox. */
export function loadPipeline(
  tenantId: string,
  inboxId: string,
  userIds: readonly string[],
): mongo.Document[] {
  return together(
    userIds.map((ownerId) => {
      const mine = { tenantId, inboxId, viewerId: ownerId, status: 'open', owner: 'me' } as const;
      return counting(sectionOf(mine).filter, { ownerId });
    }),
  );
}

const counting = (filter: mongo.Document, row: mongo.Document): mongo.Document[] => [
  { $match: filter },
  { $limit: MOST_COUNTED },
  { $count: 'n' },
  { $set: row },
];

function together([first = [], ...others]: readonly mongo.Document[][]): mongo.Document[] {
  return [...first, ...others.map((pipeline) => ({ $unionWith: { coll: 'conversations', pipeline } }))];
}

function filterOf(
  of: { readonly tenantId: string; readonly viewerId: string; readonly inboxId: string },
  key: keyof Counts,
): mongo.Document {
  const section = (owner: 'unassigned' | 'me' | 'others') =>
    sectionOf({ ...of, status: 'open', owner }).filter;
  switch (key) {
    case 'unassigned':
      return section('unassigned');
    case 'unassignedUnread':
      return { ...section('unassigned'), ...unreadBy(of.viewerId) };
    case 'mine':
      return section('me');
    case 'mineUnread':
      return { ...section('me'), ...unreadBy(of.viewerId) };
    case 'others':
      return section('others');
    case 'snoozed':
      return sectionOf({ ...of, status: 'snoozed', owner: 'any' }).filter;
    default:
      return key satisfies never;
  }
}
