import type {
  AutoAssign,
  ConsentLanguage,
  ConsentSource,
  DeliveryStatus,
  Keyword,
  Media,
  RouteStep,
} from '@partyline/contracts';
import type { Channel } from './conversation.js';
import type { AnswerSettings } from './keyword-answers.js';

/** What identifies a conversation that does not exist yet. */
export interface Place {
  readonly conversationId: string;
  readonly number: string;
  readonly peers: readonly string[];
  readonly contactName: string | null;
}

/** What stands where a conversation is opened in a place whose customer opted out somewhere else before. */
export interface KnownOptOut {
  readonly peer: string;
  readonly keyword: string;
  /** ISO 8601. */
  readonly saidAt: string;
  readonly source: ConsentSource;
}

/** A customer's text that routing sent to this inbox. */
export interface ReceiveMessage {
  readonly type: 'receive';
  readonly place: Place;
  readonly optOuts: readonly KnownOptOut[];
  /** In which languages, besides English, words of consent count. */
  readonly languages: readonly ConsentLanguage[];
  readonly message: {
    readonly messageId: string;
    readonly receiptId: string;
    readonly carrier: string;
    readonly accountId: string;
    readonly from: string;
    readonly to: string;
    readonly text: string;
    readonly media: readonly Media[];
    readonly receivedAt: string;
    readonly sentAt?: string | null | undefined;
    readonly segments?: number | null | undefined;
    /** What the carrier took it for, where it says so. */
    readonly keyword?: Keyword | undefined;
    readonly trace: readonly RouteStep[];
  };
  /** What a welcome menu answers by itself, and the id of that answer. */
  readonly autoReply: { readonly messageId: string; readonly text: string } | null;
  /** How the company answers STOP, START and HELP, and the id of that answer; null: the carrier answers by itself. */
  readonly keywordAnswer: { readonly messageId: string; readonly settings: AnswerSettings } | null;
}

/** Assign to Me. */
export interface Claim {
  readonly type: 'claim';
  readonly by: string;
  readonly expectedEpoch?: number | undefined;
}
export interface Assign {
  readonly type: 'assign';
  readonly by: string;
  readonly to: string;
  readonly expectedEpoch: number;
}
export interface Transfer {
  readonly type: 'transfer';
  readonly by: string;
  readonly to: string;
  readonly expectedEpoch: number;
}
/** Return to Inbox. */
export interface Return {
  readonly type: 'return';
  readonly by: string;
  readonly expectedEpoch: number;
}
/** Mark as Done, having seen everything up to `seenSeq`. */
export interface Complete {
  readonly type: 'complete';
  readonly by: string;
  readonly expectedEpoch: number;
  readonly seenSeq: number;
}
/** Sets it aside, having seen everything up to `seenSeq`. */
export interface Snooze {
  readonly type: 'snooze';
  readonly by: string;
  readonly expectedEpoch: number;
  readonly seenSeq: number;
  /** ISO 8601; null: until the customer writes. */
  readonly until: string | null;
  /** ISO 8601: what `until` has to come after. */
  readonly now: string;
}
/** Ends a snooze by hand. */
export interface Wake {
  readonly type: 'wake';
  readonly by: string;
  readonly expectedEpoch: number;
}
/** Reopen by hand: for oneself, or (an Admin) for another. */
export interface Reopen {
  readonly type: 'reopen';
  readonly by: string;
  readonly to?: string | undefined;
  readonly expectedEpoch: number;
}

export interface Draft {
  readonly messageId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly media: readonly Media[];
}
/** A reply; with `claim` it takes an unassigned conversation in the same breath. */
export interface Reply {
  readonly type: 'reply';
  readonly by: string;
  readonly draft: Draft;
  readonly claim: boolean;
  readonly expectedEpoch?: number | undefined;
  /** The last seq that was on the screen, where the client says so. */
  readonly seenSeq?: number | undefined;
}
/** We write first. */
export interface Start {
  readonly type: 'start';
  readonly by: string;
  readonly place: Place;
  readonly optOuts: readonly KnownOptOut[];
  readonly channel: Channel;
  readonly draft: Draft;
}
export interface AddNote {
  readonly type: 'note';
  readonly by: string;
  readonly noteId: string;
  readonly text: string;
}

/** What is known of a tag when it is put on something. */
export interface KnownTag {
  readonly name: string;
  readonly retired: boolean;
}
/** Puts tags on and takes tags off; what is in both is put on. */
export interface TagWith {
  readonly type: 'tag';
  readonly by: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** All tags that there are, by id. */
  readonly known: ReadonlyMap<string, KnownTag>;
}

/** Its owner may not own it any more. */
export interface Release {
  readonly type: 'release';
  readonly ownerId: string;
  readonly cause: 'left' | 'disabled' | 'away';
}
/** The rule of its inbox chose whose it is to be, in the epoch that it saw. */
export interface AutoAssignTo {
  readonly type: 'auto-assign';
  readonly to: string;
  readonly rule: AutoAssign['rule'];
  readonly expectedEpoch: number;
}
/** The moment `now` has come, until which it may have been snoozed. */
export interface WakeDue {
  readonly type: 'wake-due';
  readonly now: string;
}
/** The customer chose on in a welcome menu, by a text received at `chosenAt`. */
export interface CloseMenu {
  readonly type: 'close-menu';
  readonly chosenAt: string;
}
/** What delivery knows of a message of ours. */
export interface RecordStatus {
  readonly type: 'status';
  readonly messageId: string;
  readonly status: DeliveryStatus;
  readonly errorClass: string | null;
  readonly rawCode: string | null;
  readonly description: string | null;
}
/** The customer's word on texts from this number, said in another conversation with it. */
export interface RecordConsent {
  readonly type: 'consent';
  readonly peer: string;
  readonly state: 'opted_out' | 'opted_in';
  readonly keyword: string;
  /** ISO 8601. */
  readonly saidAt: string;
  readonly source: ConsentSource;
}

/** What the contact is called from now on. */
export interface NameContact {
  readonly type: 'name-contact';
  readonly contactName: string | null;
}

/** What these peers wrote is about to be taken out of the log. */
export interface Erase {
  readonly type: 'erase';
  readonly peers: readonly string[];
}

/** What people do. */
export type PersonCommand =
  | Snooze
  | Wake
  | Claim
  | Assign
  | Transfer
  | Return
  | Complete
  | Reopen
  | Reply
  | Start
  | AddNote
  | TagWith;
/** What customers, carriers and the system itself do. */
export type WorldCommand =
  | WakeDue
  | ReceiveMessage
  | Release
  | AutoAssignTo
  | CloseMenu
  | RecordStatus
  | RecordConsent
  | Erase
  | NameContact;
export type Command = PersonCommand | WorldCommand;
