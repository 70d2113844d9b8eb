import type { Channel } from '../domain/conversation.js';
import type { Media } from '@partyline/contracts';
import type { Consent } from './consents.js';
import type { Page } from './conversation-list.js';
import type { ConversationRef, LoggedEntry } from './log/conversation-log.js';

export interface AuditQuery {
  readonly tenantId: string;
  readonly userId?: string | undefined;
  readonly inboxId?: string | undefined;
  readonly type?: string | undefined;
  /** ISO 8601, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** `position`: the cursor that goes on after it. */
export type AuditedEntry = LoggedEntry & { readonly position: string };

/** Reads the log the way people do: a thread, a message, a trail. */
export abstract class Timeline {
  /** The newest entries with a seq below `before`, ascending. */
  abstract page(ref: ConversationRef, before: number | undefined, limit: number): Promise<LoggedEntry[]>;
  abstract findMessage(tenantId: string, messageId: string): Promise<LoggedEntry | null>;
  abstract findMedia(ref: ConversationRef, mediaId: string): Promise<(Media & Channel) | null>;
  /** The latest status entry of each of these messages. */
  abstract latestStatuses(tenantId: string, messageIds: readonly string[]): Promise<LoggedEntry[]>;
  /** The newest entry of these conversations in which this peer's consent came to be this. */
  abstract latestConsent(
    tenantId: string,
    conversationIds: readonly string[],
    said: Pick<Consent, 'peer' | 'state'>,
  ): Promise<LoggedEntry | null>;
  /** What people and the system did, newest first. Throws InvalidCursor. */
  abstract audit(query: AuditQuery): Promise<Page<AuditedEntry>>;
  abstract isEmpty(tenantId: string): Promise<boolean>;
}
