import type { Alert } from '../domain/alert.js';

export type AlertState = 'scheduled' | 'sent' | 'cancelled';

/** The truth about alerts. Whatever keeps time (Redis) is made again from here. */
export abstract class AlertStore {
  /** One per conversation and epoch for ever; answers those that were new. */
  abstract schedule(alerts: readonly Alert[]): Promise<readonly Alert[]>;
  /** Cancels what is scheduled for the conversation up to this epoch (including); answers the ids. */
  abstract cancelUpTo(tenantId: string, conversationId: string, epoch: number): Promise<readonly string[]>;
  abstract cancel(tenantId: string, id: string): Promise<void>;
  /** Only while scheduled. */
  abstract findScheduled(tenantId: string, id: string): Promise<Alert | null>;
  /** scheduled -> sent, by exactly one caller; false for all others. */
  abstract claimSending(tenantId: string, id: string, at: Date): Promise<boolean>;
  abstract markTold(tenantId: string, id: string): Promise<void>;
  /** Sent before `before`, but the Admins were not told: a crash came between. */
  abstract sentButNotTold(before: Date): Promise<readonly Alert[]>;
  /** Scheduled and due before then, the most urgent first. */
  abstract dueBefore(moment: Date): AsyncIterable<Alert>;
  abstract scheduledIn(tenantId: string, inboxId: string): AsyncIterable<Alert>;
  abstract reschedule(tenantId: string, id: string, dueAt: Date): Promise<void>;
  /** Forgets scheduled ones (they may be scheduled again). */
  abstract forget(tenantId: string, ids: readonly string[]): Promise<void>;
  /** Ids of those that were scheduled before `before`, as pairs of tenant and id. */
  abstract scheduledBefore(before: Date): AsyncIterable<{ readonly tenantId: string; readonly id: string }>;
  /** Which of these exist, in whatever state. */
  abstract existing(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
