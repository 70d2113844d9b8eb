import type { Conversation } from '@partyline/contracts';
import type { Inbox } from './inbox.js';

/** What alerts need to know of a conversation, after its log entry `seq`. */
export interface WaitState {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly inboxId: string;
  readonly epoch: number;
  readonly seq: number;
  /** Since when a customer waits for an owner; null: they do not. */
  readonly waitingSince: Date | null;
  readonly title: string;
}

/** The Admins are to be told when this conversation is still unassigned, in this epoch, at `dueAt`. */
export interface Alert {
  readonly id: string;
  readonly tenantId: string;
  readonly conversationId: string;
  readonly epoch: number;
  readonly inboxId: string;
  readonly title: string;
  readonly waitingSince: Date;
  readonly dueAt: Date;
}

/** Only in shared inboxes has anybody to take a conversation. */
export function waitingSince(conversation: Conversation): Date | null {
  const { inboxKind, status, owner, snoozed, waitingSince: since, lastActivityAt } = conversation;
  if (inboxKind !== 'shared' || status !== 'open' || owner || snoozed) return null;
  return new Date(since ?? lastActivityAt);
}

/** When the Admins are told; null: never. `overrideMs` replaces the inbox's minutes, for demos and tests. */
export function dueAt(since: Date, inbox: Inbox, overrideMs: number | null): Date | null {
  if (inbox.alertAfterMinutes === null) return null;
  return new Date(since.getTime() + (overrideMs ?? inbox.alertAfterMinutes * 60_000));
}

/**
 * Whether what an alert waited for is over: somebody took it, it is done, or it came back in a new epoch. A state from
 * before the alert's epoch says nothing: the alert was made from newer knowledge (what a lost stream did not tell).
 */
export function isOver(alert: Pick<Alert, 'epoch'>, state: WaitState | null): boolean {
  if (!state || state.epoch < alert.epoch) return false;
  return state.epoch > alert.epoch || state.waitingSince === null;
}
