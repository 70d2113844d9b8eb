import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { telnyx } from './telnyx.carrier.js';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/telnyx/acme',
  settings: { publicKey: raw },
  secrets: { apiKey: 'k' },
};
const now = new Date('2026-11-23T18:00:00.000Z');

function webhook(body: string, change: { offset?: number; key?: typeof privateKey } = {}): WebhookRequest {
  const timestamp = String(now.getTime() / 1000 + (change.offset ?? 0));
  const signature = sign(null, Buffer.from(`${timestamp}|${body}`), change.key ?? privateKey);
  return {
    method: 'POST',
    query: '',
    headers: { 'telnyx-signature-ed25519': signature.toString('base64'), 'telnyx-timestamp': timestamp },
    body: Buffer.from(body),
    receivedAt: now,
  };
}

describe('verify', () => {
  it('accepts what the key signed, in a window of 5 minutes either way', () => {
    for (const offset of [0, -300, 300])
      expect(telnyx.verify(webhook('{}', { offset }), account).ok).toBe(true);
  });

  it('accepts the previous key while keys are being changed', () => {
    const other = generateKeyPairSync('ed25519')
      .publicKey.export({ format: 'der', type: 'spki' })
      .subarray(-32);
    const settings = { publicKey: other.toString('base64'), previousPublicKey: raw };
    expect(telnyx.verify(webhook('{}'), { ...account, settings }).ok).toBe(true);
  });

  it.each<[string, WebhookRequest]>([
    ['an old timestamp', webhook('{}', { offset: -301 })],
    ['a timestamp ahead', webhook('{}', { offset: 301 })],
    ['another key', webhook('{}', { key: generateKeyPairSync('ed25519').privateKey })],
    ['a changed body', { ...webhook('{}'), body: Buffer.from('{ }') }],
    ['no signature', { ...webhook('{}'), headers: {} }],
    [
      'a timestamp in words',
      { ...webhook('{}'), headers: { 'telnyx-signature-ed25519': 'AA', 'telnyx-timestamp': 'now' } },
    ],
  ])('refuses %s', (_case, request) => {
    expect(telnyx.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('refuses everything where the account has no usable key', () => {
    for (const settings of [{}, { publicKey: 'AAAA' }, { publicKey: '%%%' }]) {
      expect(telnyx.verify(webhook('{}'), { ...account, settings }).ok).toBe(false);
    }
  });
});

describe('a delivery status', () => {
  it.each([
    ['queued', 'queued'],
    ['sending', 'queued'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['sending_failed', 'failed'],
    ['delivery_failed', 'undelivered'],
    ['delivery_unconfirmed', 'sent'],
    ['constructor', null],
    ['webhook_delivered', null],
  ])('%s is %s', (word, status) => {
    const body = { data: { event_type: 'message.finalized', payload: { id: 'm', to: [{ status: word }] } } };
    expect(telnyx.parse(webhook(JSON.stringify(body)), account)).toMatchObject({
      ok: true,
      value: [{ status, rawStatus: word }],
    });
  });
});
