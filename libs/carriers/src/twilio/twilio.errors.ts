import type { ErrorClass } from '../outcome.js';

/** Source: https://www.twilio.com/docs/api/errors */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '20003': 'credentials',
  '20404': 'credentials',
  '20429': 'throttled',
  '21211': 'invalid_destination',
  '21217': 'invalid_destination',
  '21265': 'invalid_destination',
  '21266': 'invalid_destination',
  '21408': 'blocked',
  '21602': 'content',
  '21606': 'unregistered',
  '21610': 'opted_out',
  '21611': 'throttled',
  '21612': 'unreachable',
  '21614': 'invalid_destination',
  '21617': 'content',
  '21635': 'landline',
  '30001': 'throttled',
  '30002': 'credentials',
  '30003': 'unreachable',
  '30004': 'blocked',
  '30005': 'invalid_destination',
  '30006': 'landline',
  '30007': 'spam_filtered',
  '30008': 'unknown',
  '30010': 'price',
  '30011': 'content',
  '30019': 'content',
  '30022': 'unregistered',
  '30023': 'unregistered',
  '30032': 'unregistered',
  '30034': 'unregistered',
  '30036': 'expired',
  '63018': 'throttled',
};

export function twilioErrorClass(code: string): ErrorClass {
  return Object.hasOwn(CLASSES, code) ? (CLASSES[code] ?? 'unknown') : 'unknown';
}
