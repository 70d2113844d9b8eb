import type { ErrorClass } from '../outcome.js';

/** Source: https://docs.bird.com/api/channels-api/message-status-and-interactions/message-failure-sources/sms-platform-extended-error-codes */
const CODES: Readonly<Record<string, ErrorClass>> = {
  '1': 'invalid_destination',
  '2': 'invalid_destination',
  '3': 'invalid_destination',
  '5': 'invalid_destination',
  '6': 'unreachable',
  '8': 'unreachable',
  '9': 'blocked',
  '10': 'invalid_destination',
  '11': 'invalid_destination',
  '12': 'blocked',
  '13': 'blocked',
  '27': 'unreachable',
  '31': 'unreachable',
  '33': 'unreachable',
  '34': 'unreachable',
  '103': 'opted_out',
  '104': 'unregistered',
};
/** Where there is no code that we know. */
const REASONS: Readonly<Record<string, ErrorClass>> = {
  'incorrect number': 'invalid_destination',
  'unknown subscriber': 'invalid_destination',
  'unavailable subscriber': 'unreachable',
  expired: 'expired',
  'opted out': 'opted_out',
  'received network error': 'unreachable',
  'insufficient balance': 'price',
  'carrier rejected': 'blocked',
  'capacity limit reached': 'throttled',
};

const known = (table: Readonly<Record<string, ErrorClass>>, word: string): ErrorClass | null =>
  Object.hasOwn(table, word) ? (table[word] ?? null) : null;

/** null: neither the code nor the reason, in words or with underscores, is one that we know. */
export function messagebirdErrorClass(code: string | null, reason: string | null): ErrorClass | null {
  return (
    (code === null ? null : known(CODES, code)) ??
    known(REASONS, (reason ?? '').toLowerCase().replaceAll('_', ' '))
  );
}
