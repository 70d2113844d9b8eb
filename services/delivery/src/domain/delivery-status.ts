import type { DeliveryStatus } from '@partyline/contracts';

/** From the one that asks most for the sender's eye: whoever is still on the way, then whoever does not have it. */
const CONCERN: readonly DeliveryStatus[] = [
  'queued',
  'unknown',
  'sent',
  'failed',
  'undelivered',
  'delivered',
];

/** What several recipients' statuses come to together: the one that tells least. */
export function leastFar<T extends { readonly status: DeliveryStatus }>(attempts: readonly [T, ...T[]]): T {
  const rank = ({ status }: T) => CONCERN.indexOf(status);
  return attempts.reduce((least, attempt) => (rank(attempt) < rank(least) ? attempt : least));
}
