import type { DeliveryStatus } from '@partyline/carriers';

/**
 * How much each status tells; the inbox service orders them the same way. `unknown` (we do not know whether the carrier
 * took it) is below `sent` (it did). The ends are ordered too, so that the same reports come to the same end in
 * whatever order they arrive: a phone that confirmed a text has it.
 */
const RANK: Readonly<Record<DeliveryStatus, number>> = {
  queued: 0,
  unknown: 1,
  sent: 2,
  failed: 3,
  undelivered: 4,
  delivered: 5,
};

export const isForward = (from: DeliveryStatus, to: DeliveryStatus): boolean => RANK[to] > RANK[from];

/** What several recipients' statuses come to together: the one that tells least. */
export function leastFar<T extends { readonly status: DeliveryStatus }>(attempts: readonly [T, ...T[]]): T {
  return attempts.reduce((least, attempt) => (isForward(attempt.status, least.status) ? attempt : least));
}
