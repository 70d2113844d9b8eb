import type { CarrierStatusReport } from '../carrier.js';
import type { ErrorClass } from '../outcome.js';

type Status = NonNullable<CarrierStatusReport['status']>;

/** Sources: https://developer.vonage.com/messaging/sms/guides/delivery-receipts and .../messages/concepts/messages-status-callbacks */
const STATUSES: Readonly<Record<string, Status>> = {
  accepted: 'sent',
  buffered: 'sent',
  submitted: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  expired: 'undelivered',
  undeliverable: 'undelivered',
  deleted: 'undelivered',
  failed: 'failed',
  rejected: 'failed',
};
/** `err-code` of a delivery receipt of the SMS API. */
const RECEIPT: Readonly<Record<string, ErrorClass>> = {
  '2': 'unreachable',
  '3': 'unreachable',
  '4': 'blocked',
  '5': 'invalid_destination',
  '6': 'spam_filtered',
  '7': 'throttled',
  '8': 'unreachable',
  '9': 'opted_out',
  '10': 'content',
  '11': 'invalid_destination',
  '12': 'unreachable',
  '13': 'blocked',
  '14': 'blocked',
  '15': 'price',
  '16': 'price',
  '39': 'unregistered',
  '50': 'spam_filtered',
  '51': 'spam_filtered',
  '52': 'spam_filtered',
  '53': 'spam_filtered',
  '54': 'spam_filtered',
};
/** `status` of an answer to a send. Source: https://developer.vonage.com/api-errors/sms */
const SEND: Readonly<Record<string, ErrorClass>> = {
  '1': 'throttled',
  '4': 'credentials',
  '6': 'invalid_destination',
  '7': 'blocked',
  '8': 'credentials',
  '9': 'price',
  '10': 'throttled',
  '11': 'credentials',
  '12': 'content',
  '14': 'credentials',
  '15': 'unregistered',
  '29': 'blocked',
  '32': 'credentials',
  '33': 'invalid_destination',
};
/** Source: https://developer.vonage.com/api-errors/messages */
const MESSAGES: Readonly<Record<string, ErrorClass>> = {
  '1000': 'throttled',
  '1022': 'content',
  '1040': 'invalid_destination',
  '1050': 'blocked',
  '1060': 'credentials',
  '1070': 'price',
  '1080': 'credentials',
  '1090': 'content',
  '1110': 'credentials',
  '1120': 'unregistered',
  '1140': 'credentials',
  '1160': 'blocked',
  '1170': 'invalid_destination',
  '1180': 'unreachable',
  '1190': 'unreachable',
  '1200': 'invalid_destination',
  '1210': 'spam_filtered',
  '1220': 'unreachable',
  '1230': 'unreachable',
  '1240': 'opted_out',
  '1241': 'throttled',
  '1250': 'invalid_destination',
  '1260': 'unreachable',
  '1270': 'blocked',
  '1280': 'blocked',
  '1290': 'price',
  '1300': 'invalid_destination',
  '1310': 'invalid_destination',
  '1340': 'blocked',
  '1360': 'expired',
  '1420': 'unregistered',
  '1460': 'throttled',
  '1470': 'blocked',
};
const CLASSES = { receipt: RECEIPT, send: SEND, messages: MESSAGES };

export function vonageStatus(word: string): Status | null {
  return Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null;
}

export function vonageErrorClass(api: keyof typeof CLASSES, code: string): ErrorClass {
  return Object.hasOwn(CLASSES[api], code) ? (CLASSES[api][code] ?? 'unknown') : 'unknown';
}
