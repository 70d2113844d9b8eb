import type { mongo } from 'mongoose';
import type { SectionQuery } from '../../application/conversation-list.js';
import { cursorPath } from './cursor-path.js';
import type { ConversationDocument } from './documents.js';
import {
  BY_ACTIVITY,
  BY_OWNER,
  SNOOZED,
  TAGGED_BY_ACTIVITY,
  TAGGED_BY_OWNER,
  TAGGED_SNOOZED,
} from './indexes.js';

export type SectionKey = Pick<SectionQuery, 'tenantId' | 'inboxId' | 'viewerId' | 'status' | 'owner'>;

/** One section of an inbox: which rows, in which order, and by which index. Lists and counts both ask this. */
export interface Section {
  readonly filter: mongo.Filter<ConversationDocument>;
  readonly sortField: 'sortAt' | 'lastActivityAt';
  readonly direction: 1 | -1;
  readonly index: typeof BY_OWNER | typeof BY_ACTIVITY | typeof SNOOZED;
}

export interface TaggedSection extends Omit<Section, 'index'> {
  readonly index: typeof TAGGED_BY_OWNER | typeof TAGGED_BY_ACTIVITY | typeof TAGGED_SNOOZED;
}

export function sectionOf({ tenantId, inboxId, viewerId, status, owner }: SectionKey): Section {
  const filter = { tenantId, inboxId, status };
  const newestOwned = { sortField: 'sortAt', direction: -1, index: BY_OWNER } as const;
  if (status === 'snoozed') return { filter, sortField: 'sortAt', direction: 1, index: SNOOZED };
  if (status === 'done') return { filter: { ...filter, ownerId: null }, ...newestOwned };
  switch (owner) {
    case 'unassigned':
      return { filter: { ...filter, ownerId: null }, ...newestOwned, direction: 1 };
    case 'me':
      return { filter: { ...filter, ownerId: viewerId }, ...newestOwned };
    case 'others':
      return { filter: { ...filter, owned: true, ownerId: { $ne: viewerId } }, ...newestActive };
    case 'any':
      // Two runs of the index, merged in their order.
      return { filter: { ...filter, owned: { $in: [true, false] } }, ...newestActive };
    default:
      return owner satisfies never;
  }
}

const newestActive = { sortField: 'lastActivityAt', direction: -1, index: BY_ACTIVITY } as const;

/** The same section, of what has a tag only: in the same order, from an index that holds nothing else. */
export function withTag(section: Section, tag: string): TaggedSection {
  const index = TAGGED.get(section.index) ?? TAGGED_BY_ACTIVITY;
  return { ...section, filter: { ...section.filter, tags: tag }, index };
}
const TAGGED = new Map<Section['index'], TaggedSection['index']>([
  [BY_OWNER, TAGGED_BY_OWNER],
  [BY_ACTIVITY, TAGGED_BY_ACTIVITY],
  [SNOOZED, TAGGED_SNOOZED],
]);

/** What makes a row of a section carry a badge for this viewer. */
export function unreadBy(viewerId: string): mongo.Filter<ConversationDocument> {
  return {
    attentionSeq: { $gt: 0 },
    $expr: { $gt: ['$attentionSeq', { $ifNull: [`$${cursorPath(viewerId)}`, 0] }] },
  };
}
