import type {
  Actor,
  Conversation,
  ConversationEvent,
  DeliveryStatus,
  InboxKind,
  Person,
} from '@partyline/contracts';

/** The carrier account through which the customer is reached. */
export interface Channel {
  readonly carrier: string;
  readonly accountId: string;
}

/** A message of ours that the customer's phone has not confirmed, and how far it is known to have come. */
export interface Unsettled {
  readonly messageId: string;
  readonly status: DeliveryStatus;
}

/** Set aside: out of the active lists until a moment or (`until` null) until the customer writes. */
export interface Snoozed {
  readonly until: string | null;
  readonly by: Person | null;
  readonly at: string;
}

/** What is true of a conversation whether it is open or done. All moments are ISO 8601 in UTC. */
interface Facts {
  readonly id: string;
  readonly inboxId: string;
  readonly inboxKind: InboxKind;
  /** Our number. */
  readonly number: string;
  /** The customer's addresses, sorted. */
  readonly peers: readonly string[];
  readonly contactName: string | null;
  readonly lastOwner: Person | null;
  /** +1 at every change of owner or status: what needs ownership names the epoch it saw. */
  readonly epoch: number;
  /** The log entry that this state is the sum of. */
  readonly seq: number;
  /** The last seqs that count as new activity, ascending, at most {@link ATTENTION_KEPT}. */
  readonly attention: readonly number[];
  /** seq of the last inbound text, 0 when there is none, and when the carrier handed it to us. */
  readonly lastInboundSeq: number;
  readonly lastInboundAt: string | null;
  /** The latest way to the customer; null while nothing was ever received or sent. */
  readonly channel: Channel | null;
  /** Oldest first, at most {@link UNSETTLED_KEPT}. */
  readonly unsettled: readonly Unsettled[];
  readonly lastOutboundId: string | null;
  /** Whether the newest outbound message did not arrive. */
  readonly failed: boolean;
  /** Peers who forbade texts from this number. */
  readonly optedOut: readonly string[];
  /** Ids, in the order in which they were put on. */
  readonly tags: readonly string[];
  readonly preview: Conversation['preview'];
  readonly lastActivityAt: string;
  /** Who last changed owner or status (null: the customer or the system), and when. */
  readonly changedBy: Person | null;
  readonly changedAt: string;
}

export interface OpenConversation extends Facts {
  readonly status: 'open';
  readonly snoozed: Snoozed | null;
  readonly owner: Person | null;
  /** Since when somebody waits for an owner (in an inbox of kind `everyone`: for an answer). What is snoozed waits for nobody. */
  readonly waitingSince: string | null;
}

export interface DoneConversation extends Facts {
  readonly status: 'done';
  readonly snoozed: null;
  readonly owner: null;
  readonly waitingSince: null;
}

export type ExistingConversation = OpenConversation | DoneConversation;

/** `none`: the contact has never met the number in this inbox. */
export type ConversationState = { readonly status: 'none' } | ExistingConversation;

export const NONE: ConversationState = { status: 'none' };

export const ATTENTION_KEPT = 10;
export const UNSETTLED_KEPT = 200;

/** One accepted command or event, as the log keeps it. The fold over a conversation's entries is its state. */
export interface Entry {
  readonly conversationId: string;
  readonly inbox: { readonly id: string; readonly kind: InboxKind };
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
  readonly events: readonly ConversationEvent[];
}

/** The conversation as everybody may see it. */
export function summaryOf(state: ExistingConversation): Conversation {
  return {
    id: state.id,
    inboxId: state.inboxId,
    inboxKind: state.inboxKind,
    number: state.number,
    peers: [...state.peers],
    contactName: state.contactName,
    status: state.status,
    owner: state.owner,
    lastOwner: state.lastOwner,
    epoch: state.epoch,
    seq: state.seq,
    attention: [...state.attention],
    lastInboundSeq: state.lastInboundSeq,
    preview: state.preview,
    waitingSince: state.waitingSince,
    lastActivityAt: state.lastActivityAt,
    changedBy: state.changedBy,
    changedAt: state.changedAt,
    optedOut: state.optedOut.length > 0,
    failed: state.failed,
    ...(state.tags.length > 0 ? { tags: [...state.tags] } : {}),
    ...(state.snoozed ? { snoozed: state.snoozed } : {}),
  };
}

/** What a conversation is called on screens: the contact's name, or the addresses. */
export const titleOf = (state: Pick<ExistingConversation, 'contactName' | 'peers'>): string =>
  state.contactName ?? state.peers.join(', ');
