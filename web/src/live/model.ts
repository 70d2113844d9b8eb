import type {
  Allowed,
  Attachment,
  Conversation,
  ConversationView,
  Counts,
  InboxSummary,
  Permission,
  Person,
  Tag,
  TimelineItem,
} from '@partyline/contracts';

/** The person who looks at the screen, as far as rules need to know them. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** What the server said last about one conversation. `allowedSeq`: the seq that `allowed` belongs to. */
export interface Entity {
  readonly conversation: Conversation;
  readonly cursor: number;
  readonly allowed: Allowed | null;
  readonly allowedSeq: number;
  /** The generation in which it was heard of. */
  readonly generation: number;
}

/** A conversation as the screen shows it: the server's word with the pending commands laid over it. */
export interface Shown extends ConversationView {
  /** Whether a command of this window is under way. */
  readonly pending: boolean;
}

/** Which list a conversation stands in: what is snoozed is open, but none of the open ones. */
export type ListStatus = 'open' | 'done' | 'snoozed';
export type SectionOwner = 'unassigned' | 'me' | 'others' | 'any';
export interface SectionQuery {
  readonly inboxId: string;
  readonly status: ListStatus;
  readonly owner: SectionOwner;
  /** Matches name or number; empty: all. */
  readonly q: string;
  /** Only what has this tag; absent or empty: all. */
  readonly tag?: string | undefined;
}
export type LoadState = 'loading' | 'ready' | 'error';
/** One list: conversation ids in the order of the server. `nextCursor` asks for its next page. */
export interface Section extends SectionQuery {
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
  readonly state: LoadState;
  readonly error: string | null;
  readonly loadingMore: boolean;
}

export type PendingKind = 'claim' | 'assign' | 'transfer' | 'return' | 'done' | 'reopen' | 'snooze' | 'wake';
/** A command that was shown before the server accepted it. */
export interface Pending {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: PendingKind;
  readonly at: string;
  /** The new owner of assign, transfer and reopen. */
  readonly to: Person | null;
  /** When a snooze ends, ISO 8601; null: when the customer writes. */
  readonly until?: string | null;
}

/** A message that this window sends and the log does not show yet. */
export interface Outgoing {
  readonly clientMessageId: string;
  readonly text: string;
  readonly media: readonly Attachment[];
  readonly at: string;
  readonly state: 'sending' | 'refused';
  readonly reason: string | null;
}
export interface Timeline {
  readonly items: readonly TimelineItem[];
  /** Ask for older items with this; null at the beginning. */
  readonly nextBefore: number | null;
  readonly state: LoadState;
  readonly error: string | null;
  readonly loadingOlder: boolean;
  /** A live event skipped entries: the newest page must be fetched again. */
  readonly gap: boolean;
  readonly outgoing: readonly Outgoing[];
}

/** A colleague who types in a conversation, or looks at it. */
export interface PresentColleague {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970; forget it afterwards. */
  readonly until: number;
}

/** By conversation id. */
export type Presences = ReadonlyMap<string, readonly PresentColleague[]>;

export interface LiveState {
  readonly viewer: Viewer | null;
  /** +1 whenever the stream could not be replayed: what is of an older generation may be out of date. */
  readonly generation: number;
  readonly inboxes: readonly InboxSummary[] | null;
  /** By name; null: not heard of yet. */
  readonly tags: readonly Tag[] | null;
  readonly counts: Readonly<Record<string, Counts>>;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly shown: ReadonlyMap<string, Shown>;
  readonly sections: ReadonlyMap<string, Section>;
  readonly timelines: ReadonlyMap<string, Timeline>;
  readonly pending: readonly Pending[];
  readonly typing: Presences;
  readonly viewing: Presences;
}

export const EMPTY_STATE: LiveState = {
  viewer: null,
  generation: 0,
  inboxes: null,
  tags: null,
  counts: {},
  entities: new Map(),
  shown: new Map(),
  sections: new Map(),
  timelines: new Map(),
  pending: [],
  typing: new Map(),
  viewing: new Map(),
};
