import { describe, expect, it } from '@jest/globals';
import type { RefusalKind, WebhookRequest } from './carrier.js';
import { CARRIERS } from './registry.js';

const request: WebhookRequest = {
  method: 'POST',
  query: '',
  headers: {},
  body: new Uint8Array(),
  receivedAt: new Date('2026-11-23T18:00:00.000Z'),
};
/** What ingest answers where a carrier does not need anything else. */
const USUAL: Readonly<Record<RefusalKind, number>> = {
  signature: 403,
  malformed: 400,
  account: 404,
  size: 413,
};
const KINDS = Object.keys(USUAL) as RefusalKind[];

const clientErrorsButPatience = (status: number): boolean => status >= 400 && status < 500 && status !== 429;

/**
 * After which answers a carrier gives a text up for good, as its documentation says (docs/carriers). Those that are not
 * here call again after any refusal (Telnyx, Bandwidth, Vonage, Plivo, MessageBird, Bird, Kaleyra, Jasmin) or, like
 * Twilio and SignalWire, turn to the fallback URL whatever the refusal is.
 */
const GIVES_UP: Readonly<Record<string, (status: number) => boolean>> = {
  sinch: clientErrorsButPatience,
  aws: clientErrorsButPatience,
  azure: (status) => [400, 401, 403, 404, 413].includes(status),
  // They do not say.
  infobip: clientErrorsButPatience,
  clickatell: clientErrorsButPatience,
};

describe.each(CARRIERS.map((carrier) => [carrier.id, carrier] as const))('%s', (id, carrier) => {
  it.each(KINDS)('calls again after a refusal because of %s, or would not after any', (kind) => {
    const status = carrier.refusalStatus?.(kind, request) ?? USUAL[kind];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(GIVES_UP[id]?.(status) ?? false).toBe(false);
  });
});

it('Vonage, which at times forgets to sign, is asked to come again signed', () => {
  const vonage = CARRIERS.find(({ id }) => id === 'vonage');
  expect(vonage?.refusalStatus?.('signature', request)).toBe(503);
});
