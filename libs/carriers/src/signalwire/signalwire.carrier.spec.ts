import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { signTwilioRequest } from '../twilio/twilio.signature.js';
import { signalwire } from './signalwire.carrier.js';

const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/signalwire/acme',
  settings: { space: 'acme.signalwire.com', projectId: 'p' },
  secrets: { signingKey: 'PSK', apiToken: 'PT' },
};

function webhook(body: string, type: string, headers: Record<string, string>, query = ''): WebhookRequest {
  const receivedAt = new Date('2026-11-23T18:00:00.000Z');
  return {
    method: 'POST',
    query,
    headers: { 'content-type': type, ...headers },
    body: Buffer.from(body),
    receivedAt,
  };
}
const form = 'MessageSid=m1&From=%2B14155550123&To=%2B12125550101&Body=hi';
const FORM = 'application/x-www-form-urlencoded';
const signed = (key: string, query = '') =>
  signTwilioRequest(key, account.publicUrl + (query && `?${query}`), new URLSearchParams(form));

describe('verify', () => {
  it.each(['x-signalwire-signature', 'x-twilio-signature'])('accepts a form signed in %s', (name) => {
    expect(signalwire.verify(webhook(form, FORM, { [name]: signed('PSK') }), account).ok).toBe(true);
    const withQuery = webhook(form, FORM, { [name]: signed('PSK', 'reference=ms_1') }, 'reference=ms_1');
    expect(signalwire.verify(withQuery, account).ok).toBe(true);
  });

  it('accepts JSON signed in hex over the URL and the raw body', () => {
    const body = '{"event":"messaging.receive"}';
    const signature = createHmac('sha1', 'PSK')
      .update(account.publicUrl + body)
      .digest('hex');
    const request = webhook(body, 'application/json', { 'x-signalwire-signature': signature });
    expect(signalwire.verify(request, account).ok).toBe(true);
    expect(signalwire.verify({ ...request, body: Buffer.from(`${body} `) }, account).ok).toBe(false);
  });

  it('accepts the previous signing key, and never the API token', () => {
    const rotating = {
      ...account,
      secrets: { ...account.secrets, signingKey: 'new', previousSigningKey: 'PSK' },
    };
    expect(
      signalwire.verify(webhook(form, FORM, { 'x-signalwire-signature': signed('PSK') }), rotating).ok,
    ).toBe(true);
    expect(
      signalwire.verify(webhook(form, FORM, { 'x-signalwire-signature': signed('PT') }), account).ok,
    ).toBe(false);
  });

  it.each<[string, WebhookRequest]>([
    ['no signature', webhook(form, FORM, {})],
    ['another key', webhook(form, FORM, { 'x-signalwire-signature': signed('other') })],
    ['another body', webhook(`${form}!`, FORM, { 'x-signalwire-signature': signed('PSK') })],
    ['another query', webhook(form, FORM, { 'x-signalwire-signature': signed('PSK') }, 'a=1')],
    ['a form called JSON', webhook(form, 'application/json', { 'x-signalwire-signature': signed('PSK') })],
  ])('refuses %s', (_case, request) => {
    expect(signalwire.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });
});

it('answers with TwiML, as Twilio does', () => {
  expect(signalwire.answer).toMatchObject({
    status: 200,
    contentType: 'text/xml',
    body: expect.stringContaining('<Response'),
  });
});

it('gives its credentials to its own space alone', () => {
  expect(signalwire.mediaHeaders(new URL('https://acme.signalwire.com/a'), account)).toHaveProperty(
    'authorization',
  );
  expect(signalwire.mediaHeaders(new URL('https://other.signalwire.com/a'), account)).toEqual({});
});
