import type {
  Actor,
  AutoAssign,
  ConsentLanguage,
  ConsentSource,
  ConversationEvent,
  InboxKind,
  OwnAnswers,
  Permission,
  QuietHours,
  Tag,
} from '@partyline/contracts';
import type { mongo } from 'mongoose';
import type { Origin } from '../../application/log/conversation-log.js';
import type { ExistingConversation } from '../../domain/conversation.js';

/** Moments are ISO 8601 in UTC with milliseconds everywhere: as text they sort as times do. */
export interface EntryDocument {
  readonly _id: mongo.ObjectId;
  readonly tenantId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly inboxId: string;
  readonly inboxKind: InboxKind;
  readonly at: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly events: readonly ConversationEvent[];
  readonly commandId?: string;
  readonly messageId?: string;
  /** The message of ours that it tells a status of. */
  readonly statusOf?: string;
  /** What the entry made of the conversation, for reports. */
  readonly after: {
    readonly status: 'open' | 'done';
    readonly ownerId: string | null;
    readonly epoch: number;
  };
  /**
   * The whole conversation as the entry made it, on every so many entries. It follows from the log: to take it away
   * costs no more than reading further back.
   */
  readonly state?: SavedState;
  /** What can be searched for in it. */
  readonly text?: string;
  /** Its words, as they are looked for. */
  readonly tokens?: readonly string[];
  /** Part of the audit trail: a person's doing, or the system's. */
  readonly audited?: true;
  /** There from the insert until its events are on the stream; the time of the insert. */
  readonly unpublished?: string;
  /** There until delivery speaks of the reply in it. */
  readonly awaiting?: { readonly due: string; readonly tries: number };
}

/** The state of a conversation, of which the id is kept elsewhere. */
export interface SavedState extends Omit<
  ExistingConversation,
  'id' | 'status' | 'snoozed' | 'owner' | 'waitingSince' | 'tags'
> {
  /** In lists, what is snoozed is open, but none of their open ones. */
  readonly status: 'open' | 'done' | 'snoozed';
  /** Absent in documents from before there was snoozing. */
  readonly snoozed?: ExistingConversation['snoozed'];
  readonly owner: ExistingConversation['owner'];
  /** Absent where there are none: indexes by tag hold what is tagged only. */
  readonly tags?: readonly string[];
  readonly waitingSince: string | null;
}

/** The state of a conversation and what lists need to find it by. Everything but the cursors follows from the log. */
export interface ConversationDocument extends SavedState {
  readonly _id: string;
  readonly tenantId: string;
  readonly ownerId: string | null;
  /** Whether it has an owner. */
  readonly owned: boolean;
  /** What its section is sorted by. */
  readonly sortAt: string;
  readonly attentionSeq: number;
  /** It waits for an owner. */
  readonly waiting?: true;
  /** When a snooze ends. */
  readonly wakeAt?: string;
  /** Beginnings by which the contact is found. */
  readonly words: readonly string[];
  /** How far each person has read, by user id. */
  readonly cursors?: Readonly<Record<string, number>>;
}

export interface ConsentDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly state: 'opted_out' | 'opted_in';
  readonly keyword: string;
  readonly at: string;
  readonly source?: ConsentSource;
  readonly by?: { readonly id: string; readonly name: string } | null;
}

/** Of a tenant, by its id. */
export interface SettingsDocument {
  readonly _id: string;
  readonly consentLanguages?: readonly ConsentLanguage[];
  /** Absent: the usual ones. */
  readonly answersIn?: ConsentLanguage;
  readonly answers?: OwnAnswers;
  /** Absent: the usual ones. */
  readonly quietHours?: QuietHours | null;
}

export interface PersonDocument {
  readonly tenantId: string;
  readonly userId: string;
  readonly revision: number;
  readonly name: string;
  readonly active: boolean;
  readonly availability: 'available' | 'away' | 'out_of_office';
  readonly awayUntil?: string | null;
  readonly permissions: readonly Permission[];
}

export interface InboxDocument {
  readonly tenantId: string;
  readonly inboxId: string;
  readonly revision: number;
  readonly name: string;
  readonly kind: InboxKind;
  readonly memberIds: readonly string[];
  readonly reopenTo: 'unassigned' | 'last_owner';
  /** These two are absent in documents from before there were such policies. */
  readonly returnWhenAway?: boolean;
  readonly autoAssign?: AutoAssign | null;
  readonly active: boolean;
}

/** Whose turn it was last in an inbox that assigns in turn. */
export interface TurnDocument {
  readonly tenantId: string;
  readonly inboxId: string;
  readonly userId: string;
}

/** What people answer again and again. */
export interface TemplateDocument {
  readonly tenantId: string;
  readonly templateId: string;
  readonly name: string;
  readonly text: string;
  /** Null: for all inboxes. */
  readonly inboxId: string | null;
  readonly revision: number;
}

/** A word for conversations. */
export interface TagDocument extends Omit<Tag, 'id'> {
  readonly tenantId: string;
  readonly tagId: string;
  /** The name as it is compared; a retired one gives its name free. */
  readonly taken?: string;
}

export interface NumberDocument {
  readonly tenantId: string;
  readonly number: string;
  readonly revision: number;
  readonly carrier: string;
  readonly accountId: string;
  readonly inboxId: string | null;
}

export interface SeedDocument {
  readonly _id: string;
  readonly finished: boolean;
}
