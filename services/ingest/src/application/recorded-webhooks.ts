import type { RecordedRequest, RecordedRequestDetail } from '@partyline/contracts';

/** A request to an account whose Admin wanted to see what arrives; without credentials. */
export type Recorded = Omit<RecordedRequestDetail, 'at'> & {
  readonly tenantId: string;
  readonly accountId: string;
  readonly at: Date;
  /** The texts that were read in it. */
  readonly messageIds: readonly string[];
  /** By which the phone numbers in it are found again; see `phoneMarks`. */
  readonly marks: readonly string[];
};

/** Keeps recorded requests for a few days. */
export abstract class RecordedWebhooks {
  abstract add(recorded: Recorded): Promise<void>;
  /** The latest first. */
  abstract list(tenantId: string, accountId: string): Promise<RecordedRequest[]>;
  abstract find(tenantId: string, accountId: string, id: string): Promise<RecordedRequestDetail | null>;
  abstract removeOf(tenantId: string, accountId: string): Promise<void>;
  /** Drops what brought one of these texts, or has one of these numbers in it. */
  abstract erase(tenantId: string, messageIds: readonly string[], marks: readonly string[]): Promise<void>;
}
