import type { AccountTrouble } from '@partyline/contracts';

const MINUTE_MS = 60_000;
/** What the carrier refuses whoever the customer is. */
const OF_THE_ACCOUNT = ['credentials', 'unregistered', 'price'];
const REFUSED = 3;
const REFUSED_SHARE = 0.1;
/** Nobody waits for an answer for longer and thinks nothing of it. */
const WAITING_MS = 15 * MINUTE_MS;
/** What a number or its owner is the reason for, not the account. */
const OF_THE_CUSTOMER = ['opted_out', 'invalid_destination', 'landline'];
const FAILING = 10;
const FAILING_SHARE = 0.2;
const CUSTOMERS = 5;
/** How far above the share that is usual. */
const TIMES = 3;

export interface Failures {
  readonly errorClass: string | null;
  readonly count: number;
}

/** What became of an account's replies of the last hour, and which of the last day still wait. */
export interface LastHour {
  /** By the carrier. */
  readonly taken: number;
  readonly failures: readonly Failures[];
  readonly waiting: { readonly count: number; readonly since: Date } | null;
}

export interface Usually {
  /** Of the week before: of how many replies it is known how they ended, and how many failed. */
  readonly ended: number;
  readonly failures: readonly Failures[];
  /** To how many customers those of the last hour went that failed. */
  readonly customers: number;
}

/**
 * Whether an account's replies fail for reasons of its own. The carrier refuses its credentials, registration or
 * balance: three in an hour, and one in ten. Replies wait: one for a quarter of an hour. Many fail: ten in an hour, to
 * five customers or more, a fifth of all and three times the share of the week before, without those to numbers that
 * cannot or will not be texted. `usually`: null where it is not looked up yet; then what it may excuse counts as trouble.
 */
export function sendingTrouble(
  { taken, failures, waiting }: LastHour,
  usually: Usually | null,
  now: Date,
): AccountTrouble | null {
  const hourAgo = new Date(now.getTime() - 60 * MINUTE_MS);
  const refused = failures.filter(({ errorClass }) => isOf(OF_THE_ACCOUNT, errorClass));
  const ended = taken + sum(failures);
  if (sum(refused) >= REFUSED && sum(refused) >= REFUSED_SHARE * ended)
    return trouble('replies_refused', hourAgo, sum(refused), ended, mostFrequent(refused));
  if (waiting && now.getTime() - waiting.since.getTime() >= WAITING_MS)
    return trouble('replies_waiting', waiting.since, waiting.count, waiting.count, null);
  const failed = failing(failures);
  if (sum(failed) < FAILING || sum(failed) < FAILING_SHARE * ended) return null;
  if (usually && (usually.customers < CUSTOMERS || !isFarAbove(sum(failed) / ended, usually))) return null;
  return trouble('replies_failing', hourAgo, sum(failed), ended, mostFrequent(failed));
}

const isFarAbove = (share: number, { ended, failures }: Usually): boolean =>
  ended === 0 || share >= (TIMES * sum(failing(failures))) / ended;

const failing = (failures: readonly Failures[]): Failures[] =>
  failures.filter(({ errorClass }) => !isOf(OF_THE_CUSTOMER, errorClass));

const isOf = (classes: readonly string[], errorClass: string | null): boolean =>
  errorClass !== null && classes.includes(errorClass);

const sum = (failures: readonly Failures[]): number =>
  failures.reduce((total, { count }) => total + count, 0);

const mostFrequent = (failures: readonly Failures[]): string | null =>
  failures.toSorted((a, b) => b.count - a.count)[0]?.errorClass ?? null;

const trouble = (
  kind: AccountTrouble['kind'],
  since: Date,
  count: number,
  of: number,
  reason: string | null,
): AccountTrouble => ({ kind, since: since.toISOString(), count, of, reason });
