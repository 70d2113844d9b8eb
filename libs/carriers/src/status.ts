/** queued < sent < delivered; undelivered and failed are ends; unknown waits for the carrier's word. */
export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'unknown';

const RANK: Readonly<Record<DeliveryStatus, number>> = {
  queued: 0,
  unknown: 0,
  sent: 1,
  delivered: 2,
  undelivered: 2,
  failed: 2,
};

/** Nothing follows an end: the first end that a carrier told stands. */
export const isFinalStatus = (status: DeliveryStatus): boolean => RANK[status] === 2;

/**
 * Whether `next` moves a message on from `current`. Carriers tell statuses late, twice and out of order, so whatever
 * is not a step forward is dropped. Any word of the carrier settles `unknown`; only `queued` can become it.
 */
export function statusAdvances(current: DeliveryStatus, next: DeliveryStatus): boolean {
  if (current === next || isFinalStatus(current)) return false;
  if (current === 'unknown') return true;
  if (next === 'unknown') return current === 'queued';
  return RANK[next] > RANK[current];
}
