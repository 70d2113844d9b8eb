import type { Attempt } from '../domain/attempt.js';

/** Names one attempt; the tenant is part of every question. */
export interface AttemptRef {
  readonly tenantId: string;
  readonly id: string;
}

export interface ConversationRef {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** What a carrier's status says about whose text it is. */
export interface CarrierRef {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly providerMessageId: string;
  /** The attempt's id, where the carrier repeated it. */
  readonly reference: string | null;
}

/** All accounts with one login at a carrier. */
export interface LoginRef {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountIds: readonly string[];
}

/** The provider id belongs to another attempt of the same carrier account already. */
export class ProviderIdTaken extends Error {
  override readonly name = 'ProviderIdTaken';
}

/** Where attempts are kept. Every write is durable (majority, journaled) when it resolves. */
export abstract class AttemptStore {
  /** Keeps those that are new, in one write, and gives the ids that were there before. */
  abstract add(attempts: readonly Attempt[]): Promise<ReadonlySet<string>>;
  /**
   * Reads, decides, and writes if nobody changed it in between; else decides again on what is there now. null where
   * there is no such attempt or `decide` gives null. Throws {@link ProviderIdTaken}.
   */
  abstract change(ref: AttemptRef, decide: (attempt: Attempt) => Attempt | null): Promise<Attempt | null>;
  /** Takes the text out of the attempts at these messages that are over; `open`: how many are not yet. */
  abstract erase(
    tenantId: string,
    messageIds: readonly string[],
  ): Promise<{ readonly erased: number; readonly open: number }>;
  abstract ofMessage(tenantId: string, messageId: string): Promise<Attempt[]>;
  abstract ofCarrier(ref: CarrierRef): Promise<Attempt | null>;
  /** Of these accounts, the attempts that the carrier knows by one of the ids, or that have one of the references. */
  abstract known(
    account: LoginRef,
    providerIds: readonly string[],
    references: readonly string[],
  ): Promise<Attempt[]>;
  /** Of these accounts, the attempts whose outcome is unknown and that have no provider id. */
  abstract outcomeOpen(account: LoginRef, limit: number): Promise<Attempt[]>;
  /** The unsettled attempts of the conversation's earliest reply that has any; these alone may be sent. */
  abstract head(conversation: ConversationRef): Promise<Attempt[]>;
  /** Conversations with an attempt that is due. */
  abstract due(now: Date, limit: number): Promise<ConversationRef[]>;
  /** Claims that ran out. */
  abstract overdue(now: Date, limit: number): Promise<AttemptRef[]>;
  /** Attempts whose status has to be announced again. */
  abstract unlanded(now: Date, limit: number): Promise<AttemptRef[]>;
}
