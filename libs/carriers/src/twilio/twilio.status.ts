import type { CarrierStatusReport } from '../carrier.js';

/**
 * Twilio's MessageStatus in our words.
 * Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  // Of SignalWire.
  initiated: 'queued',
  sending: 'queued',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** null: a word that Twilio did not have when this was written. */
export function twilioStatus(word: string): CarrierStatusReport['status'] {
  return Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null;
}
