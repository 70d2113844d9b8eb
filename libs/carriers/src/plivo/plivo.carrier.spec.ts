import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { plivo } from './plivo.carrier.js';
import { signPlivoV2, signPlivoV3 } from './plivo.signature.js';

const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/plivo/acme',
  settings: { authId: 'MA1' },
  secrets: { authToken: 'token' },
};
const body = 'MessageUUID=m1&From=14155550123&To=12125550101&Text=b&Text=a';
function webhook(headers: Record<string, string>, query = ''): WebhookRequest {
  return { method: 'POST', query, headers, body: Buffer.from(body), receivedAt: new Date(0) };
}
const v2 = (token = 'token') => ({
  'x-plivo-signature-v2': signPlivoV2(token, account.publicUrl, '123'),
  'x-plivo-signature-v2-nonce': '123',
});
const v3 = (fields = body, query = '') => ({
  'x-plivo-signature-v3': signPlivoV3(
    'token',
    'POST',
    account.publicUrl + query,
    '9',
    new URLSearchParams(fields),
  ),
  'x-plivo-signature-v3-nonce': '9',
});

describe('verify', () => {
  it('accepts V2, which leaves the query out', () => {
    expect(plivo.verify(webhook(v2()), account).ok).toBe(true);
    expect(plivo.verify(webhook(v2(), 'reference=ms_1'), account).ok).toBe(true);
  });

  it('accepts one of several signatures, and that of the main account', () => {
    const { 'x-plivo-signature-v2': good, ...nonce } = v2();
    expect(plivo.verify(webhook({ 'x-plivo-signature-v2': `AAAA, ${good}`, ...nonce }), account).ok).toBe(
      true,
    );
    expect(plivo.verify(webhook({ 'x-plivo-signature-ma-v2': good, ...nonce }), account).ok).toBe(true);
  });

  it('accepts V3 over query and fields, and then nothing less', () => {
    expect(plivo.verify(webhook(v3(body, '?b=2&a=1'), 'b=2&a=1'), account).ok).toBe(true);
    expect(plivo.verify(webhook(v3()), account).ok).toBe(true);
    expect(plivo.verify(webhook({ ...v2(), ...v3('MessageUUID=other') }), account).ok).toBe(false);
  });

  it('asks for the webhook secret on top, where there is one', () => {
    const strict = { ...account, secrets: { authToken: 'token', webhookSecret: 'hush' } };
    expect(plivo.verify(webhook(v2(), 'token=hush'), strict).ok).toBe(true);
    expect(plivo.verify(webhook(v2()), strict).ok).toBe(false);
  });

  it('accepts the previous token while tokens are being changed', () => {
    const rotating = { ...account, secrets: { authToken: 'new', previousAuthToken: 'token' } };
    expect(plivo.verify(webhook(v2()), rotating).ok).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['no signature', {}],
    ['no nonce', { 'x-plivo-signature-v2': v2()['x-plivo-signature-v2'] }],
    ['another token', v2('other')],
    ['another nonce', { ...v2(), 'x-plivo-signature-v2-nonce': '124' }],
  ])('refuses %s', (_case, headers) => {
    expect(plivo.verify(webhook(headers), account)).toEqual({ ok: false, error: expect.any(String) });
  });
});
