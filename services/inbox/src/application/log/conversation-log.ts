import type { Actor, InboxKind } from '@partyline/contracts';
import { applyEntry, readBy } from '../../domain/apply.js';
import type { ConversationState, Entry, ExistingConversation } from '../../domain/conversation.js';
import type { Decision } from '../../domain/decide/decision.js';
import type { DomainError } from '../../domain/errors.js';

export interface ConversationRef {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** What an entry was caused by, for whoever follows one text through all services. */
export interface Origin {
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** An entry as it stands in the log. */
export interface LoggedEntry extends Entry {
  /** Its own, unlike `seq` never that of another writer's attempt. */
  readonly id: string;
  readonly tenantId: string;
  readonly origin: Origin;
  /** The command that made it, unique in its conversation. */
  readonly commandId?: string | undefined;
  /** The text that it is about, unique in the tenant. */
  readonly messageId?: string | undefined;
  readonly history?: true;
}

/** An entry and the conversation as it made it. */
export interface Projected {
  readonly entry: LoggedEntry;
  readonly state: ExistingConversation;
  /** Whose read cursor the entry moves to itself. */
  readonly readBy: string | null;
}

export const seqOf = (state: ConversationState): number => (state.status === 'none' ? 0 : state.seq);

export function projectedOf(entry: LoggedEntry, before: ConversationState): Projected {
  const state = applyEntry(before, entry);
  return { entry, state, readBy: readBy(entry, state) };
}

/** How far each person has read, by user id. */
export type Cursors = Readonly<Record<string, number>>;

/** A conversation as it is, and how far people have read it. */
export interface Standing<S extends ConversationState = ConversationState> {
  readonly state: S;
  readonly cursors: Cursors;
}

export interface AppendRequest {
  readonly ref: ConversationRef;
  /** The inbox in which the conversation is opened where it does not exist; absent where only an existing one will do. */
  readonly inbox?: { readonly id: string; readonly kind: InboxKind };
  /** Called again for every state that another writer made meanwhile. */
  readonly decide: (state: ConversationState) => Decision;
  readonly actor: Actor;
  /** ISO 8601. */
  readonly at: string;
  readonly origin: Origin;
  readonly commandId?: string;
  readonly messageId?: string;
  /** It happened before: lists show it, but nobody is told and nothing is sent. */
  readonly history?: true;
}

/**
 * What became of a request. `appended`: it is in the log, durably. `repeated`: it was before (by commandId or
 * messageId), in the entry given. `unchanged`: there was nothing left to do. `refused`: the state forbids it.
 */
export type AppendOutcome =
  | ({ readonly kind: 'appended'; readonly entry: LoggedEntry } & Standing<ExistingConversation>)
  | ({ readonly kind: 'repeated'; readonly entry: LoggedEntry } & Standing)
  | ({ readonly kind: 'unchanged' } & Standing)
  | ({ readonly kind: 'refused'; readonly error: DomainError } & Standing);

/** Nobody can say whether the entry was written: the store did not answer, again and again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** Others were quicker too many times in a row; nothing was written. */
export class TooContended extends Error {
  override readonly name = 'TooContended';
}

/** Called once with the requests that are about to open a conversation, so that they can learn what they need for it. */
export type BeforeOpening = (requests: readonly AppendRequest[]) => Promise<void>;

/**
 * The truth about conversations: each an append-only list of entries. One insert at `seq + 1` is the commit and the
 * compare-and-swap; who loses it reads what was written and decides again.
 */
export abstract class ConversationLog {
  /**
   * Resolves when the entry is durable and lists show it. Throws {@link OutcomeUnknown}, {@link TooContended}, or what
   * the store throws while it is certain that nothing was written.
   */
  abstract append(request: AppendRequest): Promise<AppendOutcome>;

  /** As {@link append} for each; those of one conversation in the order given. Outcomes by index. */
  abstract appendMany(
    requests: readonly AppendRequest[],
    beforeOpening?: BeforeOpening,
  ): Promise<AppendOutcome[]>;

  /** The conversation as lists show it; null where there is none. */
  abstract read(ref: ConversationRef): Promise<Standing<ExistingConversation> | null>;

  /** Its entries after `seq`, up to and with `upTo` where that is given; ascending, straight from the log. */
  abstract entriesAfter(ref: ConversationRef, seq: number, upTo?: number): Promise<LoggedEntry[]>;

  /**
   * Those of its entries that have these seqs, each with the conversation as it made it; ascending. However long the
   * conversation is, a bounded part of it is read.
   */
  abstract entriesAt(ref: ConversationRef, seqs: ReadonlySet<number>): Promise<Projected[]>;

  /** Brings what lists show up to the log, wherever it is behind. */
  abstract repair(ref: ConversationRef): Promise<void>;
}
