import type { AccountTrouble } from '@partyline/contracts';

const SLOT_MS = 600_000;
const HOUR = 6;
export const SLOTS_A_DAY = 24 * HOUR;
const WEEK = 7 * SLOTS_A_DAY;
/** Fewer are chance: a scanner, or an Admin who tries something out. */
const EVERY = 5;
const SOME = 20;
/** How far above what is usual. */
const TIMES = 3;

/** How many webhooks of ten minutes had a signature that fits, and how many one that does not. */
export interface Signatures {
  readonly good: number;
  readonly bad: number;
}

/** How far back `signatureTrouble` looks, in days. */
export const SIGNATURE_DAYS = 9;

export const slotOf = (at: Date): number => Math.floor(at.getTime() / SLOT_MS);

/** The end of the last ten minutes with a good one. */
export function lastGood(slots: ReadonlyMap<number, Signatures>): Date | null {
  const good = [...slots].filter(([, one]) => one.good > 0).map(([slot]) => slot);
  return good.length === 0 ? null : new Date((Math.max(...good) + 1) * SLOT_MS);
}

type In = (slot: number) => Signatures;

/**
 * Whether clearly more webhooks than usual are refused for their signatures. Every one since the last good one (of at
 * most a day): five will do, a secret that changed at the carrier does that. Some, between good ones: twenty in an
 * hour; anybody can send us those. Either has to be three times what the week before brought in such a time.
 */
export function signatureTrouble(signatures: In, now: Date): AccountTrouble | null {
  const end = slotOf(now) + 1;
  const silent = sinceGood(signatures, end);
  const every = count(signatures, silent, end);
  if (every.bad >= EVERY && every.bad > TIMES * usual(signatures, silent, end)) {
    let first = silent;
    while (signatures(first).bad === 0) first += 1;
    return trouble('every_webhook_refused', first, every.bad, every.bad);
  }
  const some = count(signatures, end - HOUR, end);
  if (some.bad >= SOME && some.bad > TIMES * usual(signatures, end - HOUR, end))
    return trouble('webhooks_refused', end - HOUR, some.bad, some.bad + some.good);
  return null;
}

/** Behind the last ten minutes with a good one, a day ago at most. */
function sinceGood(signatures: In, end: number): number {
  let from = end;
  while (from > end - SLOTS_A_DAY && signatures(from - 1).good === 0) from -= 1;
  return from;
}

function count(signatures: In, from: number, to: number): { good: number; bad: number } {
  const sum = { good: 0, bad: 0 };
  for (let slot = from; slot < to; slot += 1) {
    const { good, bad } = signatures(slot);
    sum.good += good;
    sum.bad += bad;
  }
  return sum;
}

/** How many were refused in as long a time, on average of the week before. */
const usual = (signatures: In, from: number, to: number): number =>
  (count(signatures, from - WEEK, from).bad * (to - from)) / WEEK;

const trouble = (kind: AccountTrouble['kind'], since: number, bad: number, of: number): AccountTrouble => ({
  kind,
  since: new Date(since * SLOT_MS).toISOString(),
  count: bad,
  of,
  reason: null,
});
