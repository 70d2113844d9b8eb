import type { DeliveryStatus } from '@partyline/carriers';
import { recorded, type Attempt } from './attempt.js';
import { isFailure, isForward } from '@partyline/contracts';
import { leftUntold } from './backoff.js';
import { leastFar } from './delivery-status.js';
import { inWords } from './words.js';

/** A status and what is told with it. */
export interface StatusChange {
  readonly status: DeliveryStatus;
  readonly errorClass: string | null;
  readonly rawCode: string | null;
  readonly description: string | null;
}

/** What a carrier's webhook says about an attempt. */
export interface CarrierReport {
  readonly receiptId: string;
  readonly providerMessageId: string;
  /** null: a word that nobody knows. */
  readonly status: DeliveryStatus | null;
  readonly errorClass: string | null;
  readonly rawCode: string | null;
  readonly description: string | null;
}

/** How many receipts are kept with an attempt. */
const RECEIPTS = 50;

/**
 * `attempt` with the status, if that is a step forward; else as it was. From here on the conversation has to hear of it.
 */
export function advanced(attempt: Attempt, change: StatusChange, now: Date): Attempt {
  if (!isForward(attempt.status, change.status)) return attempt;
  return { ...attempt, ...change, statusAt: now, unlanded: true, announceAt: leftUntold(now) };
}

/** What the carrier's word means here: one that has a message queued has taken it from us, so for us it is sent. */
function meaning(report: CarrierReport): StatusChange | null {
  if (report.status === null || report.status === 'unknown') return null;
  const status = report.status === 'queued' ? 'sent' : report.status;
  const bad = status === 'undelivered' || status === 'failed';
  return {
    status,
    errorClass: bad ? (report.errorClass ?? 'unknown') : null,
    rawCode: report.rawCode,
    description: bad ? inWords(report.errorClass, report.description) : null,
  };
}

/** A carrier that tells about a text has it, whatever we believed: it must not be sent again. */
function taken(attempt: Attempt): Attempt {
  return attempt.state === 'queued' ? { ...attempt, state: 'settled' } : attempt;
}

/**
 * What a report changes. Some carriers give each part of a long text an id of its own: that a further part arrived says
 * nothing of the first one, that it did not says that the text is not whole.
 */
function changeBy(attempt: Attempt, report: CarrierReport): StatusChange | null {
  const change = meaning(report);
  const isFurtherPart =
    attempt.providerMessageId !== null && attempt.providerMessageId !== report.providerMessageId;
  return change && isFurtherPart && !isFailure(change.status) ? null : change;
}

/** The attempt after a carrier's report: forward only, and remembered either way. */
export function reported(attempt: Attempt, report: CarrierReport, now: Date): Attempt {
  const change = changeBy(attempt, report);
  const after = change === null ? attempt : advanced(taken(attempt), change, now);
  const known = attempt.receiptIds.includes(report.receiptId);
  const receiptIds = known ? attempt.receiptIds : [...attempt.receiptIds, report.receiptId].slice(-RECEIPTS);
  const next: Attempt = {
    ...after,
    receiptIds,
    providerMessageId: attempt.providerMessageId ?? report.providerMessageId,
  };
  return known ? next : recorded(next, now, 'carrier', report);
}

/**
 * The attempt after what the carrier's own log says of it; null where that is nothing new. Whatever its word is, a text
 * that stands there was taken.
 */
export function foundInLog(
  attempt: Attempt,
  report: Omit<CarrierReport, 'receiptId'>,
  now: Date,
): Attempt | null {
  const change = meaning({ ...report, status: report.status ?? 'queued', receiptId: '' });
  const after = change === null ? attempt : advanced(taken(attempt), change, now);
  const next = { ...after, providerMessageId: attempt.providerMessageId ?? report.providerMessageId };
  if (next.status === attempt.status && next.providerMessageId === attempt.providerMessageId) return null;
  return recorded(next, now, 'log', report);
}

/** The attempt when the carrier's log should have it and does not; null where its outcome is not open. */
export function absentFromLog(attempt: Attempt, now: Date): Attempt | null {
  if (attempt.status !== 'unknown' || attempt.providerMessageId !== null) return null;
  const change: StatusChange = {
    status: 'failed',
    errorClass: 'not_sent',
    rawCode: null,
    description: inWords('not_sent', null),
  };
  return recorded(advanced(attempt, change, now), now, 'log', change);
}

/**
 * What a reply's attempts come to together: the least far of them, and when all have ended, the worst end. For one
 * recipient that is its own status.
 */
export function together(attempts: readonly Attempt[]): Attempt {
  const [first, ...others] = attempts;
  if (first === undefined) throw new Error('A reply has at least one attempt');
  return leastFar([first, ...others]);
}
