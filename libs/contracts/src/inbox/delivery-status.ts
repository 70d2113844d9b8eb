import { z } from 'zod';

/** queued < sent < delivered; undelivered and failed are ends; unknown waits for the carrier's word. */
export const deliveryStatusSchema = z.enum([
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
]);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

const RANK: Readonly<Record<DeliveryStatus, number>> = {
  queued: 0,
  // We do not know whether the carrier took it; `sent` says that it did.
  unknown: 1,
  sent: 2,
  delivered: 3,
  undelivered: 3,
  failed: 3,
};

/**
 * Whether `next` moves a message on. Carriers tell statuses late, twice and out of order: what is not a step forward
 * is dropped, and the first end stands.
 */
export const isForward = (current: DeliveryStatus, next: DeliveryStatus): boolean =>
  RANK[next] > RANK[current];

/** Nothing can come after it. */
export const isFinal = (status: DeliveryStatus): boolean => RANK[status] === 3;

/** The customer does not have it. */
export const isFailure = (status: DeliveryStatus): boolean => status === 'failed' || status === 'undelivered';
