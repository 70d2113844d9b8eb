import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { vonage } from './vonage.carrier.js';
import { SIGNATURE_METHODS, signVonage } from './vonage.signature.js';

const now = new Date('2026-11-23T18:00:00.000Z');
const seconds = now.getTime() / 1000;
const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/vonage/acme',
  settings: { apiKey: 'abcd1234' },
  secrets: { apiSecret: 's', signatureSecret: 'sig-secret' },
};
const text = {
  msisdn: '14155550123',
  to: '12125550101',
  messageId: 'm1',
  text: 'a&b=c',
  timestamp: String(seconds),
};

function form(fields: Record<string, string>, query = ''): WebhookRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    method: 'POST',
    query,
    headers,
    body: Buffer.from(new URLSearchParams(fields).toString()),
    receivedAt: now,
  };
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(claims: object, secret = 'sig-secret', alg = 'HS256'): string {
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
const body = '{"channel":"sms","message_uuid":"u"}';
const hash = createHash('sha256').update(body).digest('hex');
const claims = { iat: seconds, iss: 'Vonage', api_key: 'abcd1234', payload_hash: hash };
const json = (token?: string): WebhookRequest => ({
  method: 'POST',
  query: '',
  headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  body: Buffer.from(body),
  receivedAt: now,
});

describe('verify: the SMS API', () => {
  it.each(SIGNATURE_METHODS)('accepts %s, in either case, also at a URL with our reference', (method) => {
    const sig = signVonage(method, 'sig-secret', Object.entries(text));
    expect(vonage.verify(form({ ...text, sig }), account).ok).toBe(true);
    expect(vonage.verify(form({ ...text, sig: sig.toUpperCase() }), account).ok).toBe(true);
    const query = new URLSearchParams({ reference: 'ms_1', ...text, sig }).toString();
    expect(vonage.verify({ ...form({}), method: 'GET', query, body: Buffer.alloc(0) }, account).ok).toBe(
      true,
    );
  });

  it('accepts only the method that the account names, where it names one', () => {
    const sig = signVonage('md5hash', 'sig-secret', Object.entries(text));
    const pinned = { ...account, settings: { apiKey: 'abcd1234', signatureMethod: 'sha256' } };
    expect(vonage.verify(form({ ...text, sig }), pinned).ok).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['another secret', { ...text, sig: signVonage('sha256', 'other', Object.entries(text)) }],
    ['a changed text', { ...text, text: 'x', sig: signVonage('sha256', 'sig-secret', Object.entries(text)) }],
    ['an old timestamp', old(-26 * 3600)],
    ['no timestamp', old(null)],
    ['no sig', text],
  ])('refuses %s', (_case, fields) => {
    expect(vonage.verify(form(fields), account)).toEqual({ ok: false, error: expect.any(String) });
  });
});

function old(by: number | null): Record<string, string> {
  const { timestamp: _now, ...rest } = text;
  const fields = by === null ? rest : { ...rest, timestamp: String(seconds + by) };
  return { ...fields, sig: signVonage('sha256', 'sig-secret', Object.entries(fields)) };
}

describe('verify: the Messages API', () => {
  it('accepts a JWT that covers the body', () => {
    expect(vonage.verify(json(jwt(claims)), account).ok).toBe(true);
  });

  it.each<[string, string]>([
    ['another secret', jwt(claims, 'other')],
    ['another body', jwt({ ...claims, payload_hash: createHash('sha256').update('x').digest('hex') })],
    ['no hash of the body', jwt({ iat: seconds })],
    ['another account', jwt({ ...claims, api_key: 'zzzz9999' })],
    ['an old token', jwt({ ...claims, iat: seconds - 26 * 3600 })],
    ['no iat', jwt({ payload_hash: hash })],
    ['no algorithm', jwt(claims, 'sig-secret', 'none')],
    ['an inherited algorithm', jwt(claims, 'sig-secret', 'constructor')],
    ['no JWT at all', 'abc'],
  ])('refuses %s', (_case, token) => {
    expect(vonage.verify(json(token), account)).toEqual({ ok: false, error: expect.any(String) });
  });
});

describe('webhooks that are not signed', () => {
  it('are told to come again, signed, where they should be', () => {
    expect(vonage.verify(json(), account).ok).toBe(false);
    expect(vonage.refusalStatus?.('signature', json())).toBe(503);
    expect(vonage.refusalStatus?.('signature', json('abc'))).toBe(403);
    expect(vonage.refusalStatus?.('signature', form({ ...text, sig: 'x' }))).toBe(403);
    expect(vonage.refusalStatus?.('malformed', json())).toBe(400);
  });

  it('are accepted with the webhook secret where signing is off', () => {
    const unsigned = { ...account, secrets: { apiSecret: 's', webhookSecret: 'hush' } };
    expect(vonage.verify(form(text, 'token=hush'), unsigned).ok).toBe(true);
    expect(vonage.verify(form(text, 'token=other'), unsigned).ok).toBe(false);
    expect(
      vonage.buildSend({ messageId: 'ms_1', from: '1', to: '2', text: 'x', media: [], at: now }, unsigned)
        .body,
    ).toContain(encodeURIComponent('?token=hush&reference=ms_1'));
  });

  it('may be empty: Vonage looks whether the URL answers', () => {
    const look = { ...form({}), method: 'GET' as const };
    expect(vonage.verify(look, account).ok).toBe(true);
    expect(vonage.parse(look, account)).toEqual({ ok: true, value: [] });
  });
});

it('gives its credentials to hosts of Vonage alone', () => {
  expect(vonage.mediaHeaders(new URL('https://api-us.nexmo.com/v3/media/1'), account)).toHaveProperty(
    'authorization',
  );
  expect(vonage.mediaHeaders(new URL('https://evilnexmo.com/'), account)).toEqual({});
});
