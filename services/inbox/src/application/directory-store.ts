import type { ConsentSettingsChange, QuietHours } from '@partyline/contracts';
import type { Directory, NumberRoute } from '../domain/directory.js';
import type { Inbox, Member } from '../domain/inbox.js';

/** A record and how new it is; older ones than what is held change nothing. */
export interface Revised<T> {
  readonly revision: number;
  readonly value: T;
}

/** People, inboxes and numbers as other services last told of them. */
export abstract class DirectoryStore {
  /** May lag a change by a second. */
  abstract of(tenantId: string): Promise<Directory>;
  abstract tenants(): Promise<string[]>;
  abstract saveMember(tenantId: string, member: Revised<Member>): Promise<void>;
  abstract saveInbox(tenantId: string, inbox: Revised<Inbox>): Promise<void>;
  /** What is left out stays as it is. */
  abstract saveConsentSettings(tenantId: string, settings: ConsentSettingsChange): Promise<void>;
  abstract saveQuietHours(tenantId: string, hours: QuietHours | null): Promise<void>;
  abstract saveNumber(tenantId: string, route: Revised<NumberRoute>): Promise<void>;
}
