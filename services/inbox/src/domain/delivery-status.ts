import type { DeliveryStatus } from '@partyline/contracts';

/**
 * How much each status tells: a later word never takes back a better one, in whatever order carriers send them.
 * `unknown` (we do not know whether the carrier took it) is below `sent` (it did). The ends are ordered too, so that
 * every order of the same words comes to the same end: a phone that confirmed a text has it.
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

/** Nothing can come after it. */
export const isFinal = (status: DeliveryStatus): boolean => status === 'delivered';

/** The customer does not have it. */
export const isFailure = (status: DeliveryStatus): boolean => status === 'failed' || status === 'undelivered';
