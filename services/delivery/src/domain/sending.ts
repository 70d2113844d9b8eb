import type { Cost, SendOutcome } from '@partyline/carriers';
import { recorded, type Attempt } from './attempt.js';
import { retryDelayMs } from './backoff.js';
import { advanced, type StatusChange } from './status.js';
import { inWords } from './words.js';

/** How long a reply is tried; afterwards it would come as a surprise. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** What is known right before sending. `unusable`: will not get better by waiting; `unavailable`: may. */
export interface SendFacts {
  /** Whether it is against the recipient's will. */
  readonly optedOut: boolean;
  readonly account:
    | { readonly kind: 'ready' }
    | { readonly kind: 'unusable'; readonly description: string }
    | { readonly kind: 'unavailable'; readonly description: string };
}

export type BeforeSend =
  | { readonly kind: 'send' }
  | { readonly kind: 'retry'; readonly description: string }
  | { readonly kind: 'refuse'; readonly change: StatusChange };

const failed = (errorClass: string, description: string, rawCode: string | null = null): StatusChange => ({
  status: 'failed',
  errorClass,
  rawCode,
  description,
});

const tooLate = (attempt: Attempt, at: Date): boolean =>
  at.getTime() - attempt.queuedAt.getTime() >= GIVE_UP_AFTER_MS;

/** What to do with a queued attempt whose turn it is. STOP weighs most: nobody may be texted against their will. */
export function beforeSend(attempt: Attempt, facts: SendFacts, now: Date): BeforeSend {
  if (facts.optedOut) return { kind: 'refuse', change: failed('opted_out', inWords('opted_out', null)) };
  if (tooLate(attempt, now))
    return { kind: 'refuse', change: failed('expired', inWords('expired', lastProblem(attempt))) };
  if (facts.account.kind === 'ready') return { kind: 'send' };
  if (facts.account.kind === 'unavailable') return { kind: 'retry', description: facts.account.description };
  return { kind: 'refuse', change: failed('credentials', facts.account.description) };
}

/** Claims a queued attempt that is due; null where it is no longer. From here on it counts as possibly sent, and costs. */
export function claimed(
  attempt: Attempt,
  claimId: string,
  now: Date,
  leaseMs: number,
  cost: Cost | null = null,
): Attempt | null {
  if (attempt.state !== 'queued' || attempt.nextAttemptAt > now) return null;
  const claim = { id: claimId, startedAt: now, until: new Date(now.getTime() + leaseMs) };
  return recorded({ ...attempt, state: 'sending', claim, cost, turnAt: null }, now, 'sending');
}

/**
 * Whether a claim outlasts a whole exchange of `longestMs` milliseconds that begins now. Once a claim has run out the
 * attempt is settled as `unknown` and later replies leave, so a sender that was held up must not begin any more.
 */
export function hasRoom(attempt: Attempt, now: Date, longestMs: number): boolean {
  return attempt.claim !== null && now.getTime() + longestMs < attempt.claim.until.getTime();
}

/** A queued attempt that cannot be sent at all. */
export function refused(attempt: Attempt, change: StatusChange, now: Date): Attempt | null {
  if (attempt.state !== 'queued') return null;
  return settled(attempt, change, now);
}

/** How long a reply waits for one before it that we have not heard of, milliseconds: by then the inbox has told us twice. */
const ORDER_PATIENCE_MS = 120_000;

/** The message that has to be heard of before this one may leave; null where it waits for none, or has waited enough. */
export const waitsFor = (attempt: Attempt, now: Date): string | null =>
  attempt.after !== undefined && now.getTime() - attempt.queuedAt.getTime() < ORDER_PATIENCE_MS
    ? attempt.after
    : null;

/** A queued attempt whose account sends others first; at `turn` nobody does. */
export function withTurn(attempt: Attempt, turn: Date): Attempt | null {
  return attempt.state === 'queued' ? { ...attempt, nextAttemptAt: turn, turnAt: turn } : null;
}

/** A queued attempt that others are sent before. */
export function paced(attempt: Attempt, until: Date): Attempt | null {
  return attempt.state === 'queued' ? { ...attempt, nextAttemptAt: until } : null;
}

/** A queued attempt that waits because something on our side is not there; nothing was sent. */
export function postponed(attempt: Attempt, description: string, now: Date, jitter: number): Attempt | null {
  if (attempt.state !== 'queued') return null;
  return retried(attempt, description, now, retryDelayMs(attempt.tries, jitter));
}

/**
 * The attempt after its send call. A claim that ran out meanwhile left it settled as `unknown`: what the call then
 * says still counts, but it is never sent again.
 */
export function afterSend(
  attempt: Attempt,
  claimId: string,
  outcome: SendOutcome,
  now: Date,
  jitter: number,
): Attempt | null {
  const mine = attempt.state === 'sending' && attempt.claim?.id === claimId;
  const ranOut = attempt.state === 'settled' && attempt.status === 'unknown';
  const toldAlready = attempt.status !== 'queued' && attempt.status !== 'unknown';
  if (toldAlready && (mine || attempt.providerMessageId === null)) return confirmed(attempt, outcome, now);
  if (!mine && !ranOut) return null;
  switch (outcome.kind) {
    case 'accepted': {
      const known = {
        ...attempt,
        providerMessageId: outcome.providerId,
        segments: outcome.segments ?? attempt.segments,
      };
      return settled(known, { status: 'sent', errorClass: null, rawCode: null, description: null }, now);
    }
    case 'rejected': {
      const { errorClass, code, description } = outcome;
      if (mine && errorClass === 'throttled') return again(attempt, description, now, jitter, null);
      return settled(attempt, failed(errorClass, inWords(errorClass, description), code), now);
    }
    case 'throttled':
      return mine
        ? again(attempt, outcome.description, now, jitter, outcome.retryAfterMs)
        : settled(attempt, failed('throttled', inWords('throttled', outcome.description)), now);
    case 'unreachable':
      return mine
        ? again(attempt, outcome.description, now, jitter, null)
        : settled(attempt, failed('unknown', `This text was not sent: ${outcome.description}`), now);
    case 'unknown':
      break;
  }
  return settled(attempt, unknown(outcome.description), now);
}

/** A status webhook beat the answer of the send call: what it said stands. */
function confirmed(attempt: Attempt, outcome: SendOutcome, now: Date): Attempt {
  const providerId = outcome.kind === 'accepted' ? outcome.providerId : null;
  const providerMessageId = attempt.providerMessageId ?? providerId;
  return recorded({ ...attempt, state: 'settled', claim: null, providerMessageId }, now, 'settled');
}

/** A claimed attempt whose sender vanished: nobody knows whether the carrier has it, so it is never sent again. */
export function abandoned(attempt: Attempt, now: Date): Attempt | null {
  if (attempt.state !== 'sending' || attempt.claim === null || attempt.claim.until > now) return null;
  return settled(attempt, unknown('the sending was interrupted'), now, 'abandoned');
}

const unknown = (why: string): StatusChange => ({
  status: 'unknown',
  errorClass: null,
  rawCode: null,
  description: `It is not known whether this text went out: ${why}. It is not sent again by itself; ask the customer, or write again.`,
});

/** Surely not taken: once more later, or never if that would be too late. */
function again(
  attempt: Attempt,
  why: string,
  now: Date,
  jitter: number,
  retryAfterMs: number | null,
): Attempt {
  const delay = retryDelayMs(attempt.tries, jitter, retryAfterMs);
  const at = new Date(now.getTime() + delay);
  if (tooLate(attempt, at)) return settled(attempt, failed('expired', inWords('expired', why)), now);
  return retried({ ...attempt, state: 'queued', claim: null }, why, now, delay);
}

function retried(attempt: Attempt, why: string, now: Date, delayMs: number): Attempt {
  const next = { ...attempt, tries: attempt.tries + 1, nextAttemptAt: new Date(now.getTime() + delayMs) };
  return recorded(next, now, 'retry', { rawCode: null, description: why });
}

function settled(
  attempt: Attempt,
  change: StatusChange,
  now: Date,
  step: 'settled' | 'abandoned' = 'settled',
): Attempt {
  const after = advanced({ ...attempt, state: 'settled', claim: null }, change, now);
  return recorded(after, now, step, change);
}

function lastProblem(attempt: Attempt): string | null {
  return attempt.history.findLast(({ step }) => step === 'retry')?.description ?? null;
}
