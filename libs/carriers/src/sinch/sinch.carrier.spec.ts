import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { sinch } from './sinch.carrier.js';
import { signSinch } from './sinch.webhook.js';

const now = new Date('2026-11-23T18:00:00.000Z');
const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/sinch/acme',
  settings: { servicePlanId: 'p' },
  secrets: { apiToken: 't', signingSecret: 'sign' },
};
function webhook(
  change: { secret?: string; offset?: number; body?: string; without?: string } = {},
): WebhookRequest {
  const timestamp = String(now.getTime() / 1000 + (change.offset ?? 0));
  const prefix = 'x-sinch-webhook-signature';
  const headers: Record<string, string | undefined> = {
    [prefix]: signSinch(change.secret ?? 'sign', Buffer.from('{}'), 'nonce', timestamp),
    [`${prefix}-nonce`]: 'nonce',
    [`${prefix}-timestamp`]: timestamp,
    ...(change.without === undefined ? {} : { [change.without]: undefined }),
  };
  return { method: 'POST', query: '', headers, body: Buffer.from(change.body ?? '{}'), receivedAt: now };
}

describe('verify', () => {
  it('accepts what was signed in the last 5 minutes, with this secret or the previous', () => {
    expect(sinch.verify(webhook({ offset: -300 }), account).ok).toBe(true);
    const rotating = { ...account, secrets: { signingSecret: 'new', previousSigningSecret: 'sign' } };
    expect(sinch.verify(webhook(), rotating).ok).toBe(true);
  });

  it.each([
    ['another secret', webhook({ secret: 'other' })],
    ['another body', webhook({ body: '{ }' })],
    ['an old timestamp', webhook({ offset: -301 })],
    ['no signature', webhook({ without: 'x-sinch-webhook-signature' })],
    ['no nonce', webhook({ without: 'x-sinch-webhook-signature-nonce' })],
    ['no timestamp', webhook({ without: 'x-sinch-webhook-signature-timestamp' })],
  ])('refuses %s', (_case, request) => {
    expect(sinch.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('takes the webhook secret where Sinch does not sign', () => {
    const unsigned = { ...account, secrets: { apiToken: 't', webhookSecret: 'hush' } };
    expect(sinch.verify({ ...webhook(), query: 'token=hush' }, unsigned).ok).toBe(true);
    expect(sinch.verify(webhook(), unsigned).ok).toBe(false);
  });
});

it('refuses in the one way after which Sinch comes again', () => {
  expect(sinch.refusalStatus?.('signature', webhook())).toBe(429);
  expect(sinch.refusalStatus?.('malformed', webhook())).toBe(429);
});
