import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { bird } from '../bird/bird.carrier.js';
import { signBird } from '../bird/bird.webhook.js';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { messagebird } from './messagebird.carrier.js';

const now = new Date('2026-11-23T18:00:00.000Z');
const seconds = now.getTime() / 1000;
const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/messagebird/acme',
  settings: {},
  secrets: { accessKey: 'k', signingKey: 'sign', webhookSecret: 'hush' },
};
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const body = 'id=m1&originator=14155550123&recipient=12125550101&body=hi';
const claims = {
  iss: 'MessageBird',
  nbf: seconds,
  exp: seconds + 60,
  url_hash: sha(account.publicUrl),
  payload_hash: sha(body),
};

function webhook(
  change: object = {},
  key = 'sign',
  alg: 'HS256' | 'HS384' | 'HS512' | 'none' = 'HS256',
): WebhookRequest {
  const signed = `${part({ alg, typ: 'JWT' })}.${part({ ...claims, ...change })}`;
  const hash = alg === 'none' ? 'sha256' : `sha${alg.slice(2)}`;
  const token = `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'messagebird-signature-jwt': token };
  return { method: 'POST', query: '', headers, body: Buffer.from(body), receivedAt: now };
}

describe('MessageBird: verify', () => {
  it.each(['HS256', 'HS384', 'HS512'] as const)('accepts %s', (alg) => {
    expect(messagebird.verify(webhook({}, 'sign', alg), account).ok).toBe(true);
  });

  it('accepts the previous key, and clocks that are 5 seconds apart', () => {
    const rotating = { ...account, secrets: { signingKey: 'new', previousSigningKey: 'sign' } };
    expect(messagebird.verify(webhook(), rotating).ok).toBe(true);
    expect(messagebird.verify(webhook({ nbf: seconds + 5 }), account).ok).toBe(true);
    expect(messagebird.verify(webhook({ exp: seconds - 5 }), account).ok).toBe(true);
  });

  it.each<[string, WebhookRequest]>([
    ['another key', webhook({}, 'other')],
    ['no algorithm', webhook({}, 'sign', 'none')],
    ['another issuer', webhook({ iss: 'Bird' })],
    ['a token of tomorrow', webhook({ nbf: seconds + 6 })],
    ['an expired token', webhook({ exp: seconds - 6 })],
    ['an old token that never expires', webhook({ nbf: seconds - 306, exp: undefined })],
    ['a token without a time', webhook({ nbf: undefined, exp: undefined })],
    ['another URL', webhook({ url_hash: sha('https://texts.example.com/') })],
    ['another body', webhook({ payload_hash: sha('other') })],
    ['a token for no body', webhook({ payload_hash: undefined })],
    ['a token for a body that is gone', { ...webhook(), body: Buffer.alloc(0) }],
    ['nothing', { ...webhook(), headers: {} }],
  ])('refuses %s', (_case, request) => {
    expect(messagebird.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('takes the webhook secret of an unsigned status report', () => {
    const report: WebhookRequest = {
      ...webhook(),
      method: 'GET',
      headers: {},
      query: 'token=hush&id=m&status=sent',
      body: Buffer.alloc(0),
    };
    expect(messagebird.verify(report, account).ok).toBe(true);
    expect(messagebird.verify({ ...report, query: 'token=x&id=m&status=sent' }, account).ok).toBe(false);
    // A signature that does not fit is not made good by a secret.
    expect(messagebird.verify({ ...webhook({}, 'other'), query: 'token=hush' }, account).ok).toBe(false);
  });
});

describe('Bird: verify', () => {
  const birdAccount = { ...account, secrets: { signingKey: 'sign' } };
  const signed = (key: string, timestamp = String(seconds), url = account.publicUrl): WebhookRequest => ({
    ...webhook(),
    headers: {
      'messagebird-signature': signBird(key, timestamp, url, Buffer.from(body)),
      'messagebird-request-timestamp': timestamp,
    },
  });

  it('accepts what the key signed in the last 5 minutes', () => {
    expect(bird.verify(signed('sign'), birdAccount).ok).toBe(true);
    expect(bird.verify(signed('sign', String(seconds - 300)), birdAccount).ok).toBe(true);
  });

  it.each<[string, WebhookRequest]>([
    ['another key', signed('other')],
    ['an old timestamp', signed('sign', String(seconds - 301))],
    ['another URL', signed('sign', String(seconds), 'https://texts.example.com/')],
    ['another body', { ...signed('sign'), body: Buffer.from('x') }],
    ['nothing', { ...signed('sign'), headers: {} }],
  ])('refuses %s', (_case, request) => {
    expect(bird.verify(request, birdAccount)).toEqual({ ok: false, error: expect.any(String) });
  });
});
