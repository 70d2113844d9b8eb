/** Why a carrier or a handset refused, in words that do not depend on the carrier. */
export const ERROR_CLASSES = [
  'opted_out',
  'invalid_destination',
  'unreachable',
  'landline',
  'spam_filtered',
  'blocked',
  'unregistered',
  'throttled',
  'expired',
  'content',
  'price',
  'credentials',
  'not_sent',
  'unknown',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/**
 * What became of one attempt to send. `retryable` is true only where the carrier surely did not take the message;
 * `unknown` is settled by a status callback or by the carrier's own log, never by sending again.
 */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly retryable: false;
      /** The carrier's id, which its status callbacks repeat. */
      readonly providerId: string;
      /** How many SMS segments it was cut into, where the carrier says. */
      readonly segments: number | null;
    }
  | {
      readonly kind: 'rejected';
      readonly retryable: false;
      readonly code: string | null;
      readonly errorClass: ErrorClass;
      readonly description: string;
    }
  | {
      readonly kind: 'throttled';
      readonly retryable: true;
      readonly retryAfterMs: number | null;
      readonly description: string;
    }
  | { readonly kind: 'unreachable'; readonly retryable: true; readonly description: string }
  | { readonly kind: 'unknown'; readonly retryable: false; readonly description: string };

export const accepted = (providerId: string, segments: number | null = null): SendOutcome => ({
  kind: 'accepted',
  retryable: false,
  providerId,
  segments,
});

export const rejected = (code: string | null, errorClass: ErrorClass, description: string): SendOutcome => ({
  kind: 'rejected',
  retryable: false,
  code,
  errorClass,
  description,
});

export const throttled = (retryAfterMs: number | null, description: string): SendOutcome => ({
  kind: 'throttled',
  retryable: true,
  retryAfterMs,
  description,
});

/** Only for what surely never reached the carrier: no address, no connection. */
export const unreachable = (description: string): SendOutcome => ({
  kind: 'unreachable',
  retryable: true,
  description,
});

export const unknownOutcome = (description: string): SendOutcome => ({
  kind: 'unknown',
  retryable: false,
  description,
});
