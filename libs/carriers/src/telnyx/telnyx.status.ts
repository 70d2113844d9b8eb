import type { CarrierStatusReport } from '../carrier.js';
import type { ErrorClass } from '../outcome.js';

/** Source: https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks (delivery statuses) */
const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  sending_failed: 'failed',
  delivery_failed: 'undelivered',
  // The network never said: it may well have arrived, so this is no end.
  delivery_unconfirmed: 'sent',
  dlr_unconfirmed: 'sent',
  dlr_timeout: 'sent',
  gw_timeout: 'undelivered',
  expired: 'undelivered',
  read: 'delivered',
  cancelled: 'failed',
  // Words of its records of messages alone.
  gw_reject: 'failed',
  failed: 'failed',
};

export function telnyxStatus(word: string): CarrierStatusReport['status'] {
  return Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null;
}

/** Source: https://developers.telnyx.com/docs/messaging/messages/error-codes */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '10002': 'invalid_destination',
  '10009': 'credentials',
  '10010': 'credentials',
  '10011': 'throttled',
  '10039': 'blocked',
  '20002': 'credentials',
  '20006': 'credentials',
  '20012': 'credentials',
  '20013': 'credentials',
  '20100': 'price',
  '40001': 'landline',
  '40002': 'spam_filtered',
  '40003': 'spam_filtered',
  '40004': 'blocked',
  '40005': 'expired',
  '40006': 'unreachable',
  '40008': 'unreachable',
  '40009': 'content',
  '40010': 'unregistered',
  '40011': 'throttled',
  '40012': 'invalid_destination',
  '40013': 'unregistered',
  '40014': 'expired',
  '40015': 'spam_filtered',
  '40016': 'throttled',
  '40017': 'spam_filtered',
  '40018': 'throttled',
  '40100': 'unregistered',
  '40150': 'unregistered',
  '40151': 'unregistered',
  '40300': 'opted_out',
  '40301': 'content',
  '40302': 'content',
  '40304': 'content',
  '40305': 'unregistered',
  '40306': 'unregistered',
  '40308': 'unregistered',
  '40309': 'blocked',
  '40310': 'invalid_destination',
  '40311': 'credentials',
  '40312': 'credentials',
  '40313': 'credentials',
  '40314': 'credentials',
  '40315': 'spam_filtered',
  '40316': 'content',
  '40317': 'content',
  '40318': 'throttled',
  '40319': 'content',
  '40320': 'unregistered',
  '40321': 'unregistered',
  '40322': 'spam_filtered',
  '40328': 'content',
  '40329': 'unregistered',
  '40331': 'price',
};

export function telnyxErrorClass(code: string): ErrorClass {
  return Object.hasOwn(CLASSES, code) ? (CLASSES[code] ?? 'unknown') : 'unknown';
}
