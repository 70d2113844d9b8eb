import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { simulator, simulatorSendSchema } from './simulator.carrier.js';
import { signStandardWebhook, verifyStandardWebhook } from './standard-webhooks.js';

const vector = JSON.parse(readFileSync(new URL('fixtures/standard-webhooks.json', import.meta.url), 'utf8'));
const now = new Date('2026-11-23T18:00:00.000Z');
const account: OpenAccount = {
  id: 'demo-simulator',
  publicUrl: 'http://localhost:3001/hooks/simulator/demo-simulator',
  settings: { apiBase: 'http://localhost:3900/' },
  secrets: { signingSecret: 'plain-secret' },
};

function webhook(content: unknown, secrets: readonly string[] = ['plain-secret'], at = now): WebhookRequest {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  return {
    method: 'POST',
    query: '',
    headers: {
      'content-type': 'application/json',
      ...signStandardWebhook({ id: 'wh_1', at, body, secrets }),
    },
    body: Buffer.from(body),
    receivedAt: now,
  };
}
const message = {
  type: 'message.received',
  data: { id: 'sim_1', from: '+14155550123', to: '+12125550101', text: 'hi ' },
};

describe('Standard Webhooks', () => {
  it('signs as the specification does', () => {
    const at = new Date(vector.timestamp * 1000);
    const signed = signStandardWebhook({ id: vector.id, at, body: vector.body, secrets: [vector.secret] });
    expect(signed['webhook-signature']).toBe(vector.signature);
  });

  it('understands the reference library, and is understood by it', () => {
    const reference = new Webhook(vector.secret);
    const at = new Date();
    const body = JSON.stringify(message);
    const ours = signStandardWebhook({ id: 'wh_1', at, body, secrets: [vector.secret] });
    expect(reference.verify(body, ours)).toEqual(message);
    const headers = { ...ours, 'webhook-signature': reference.sign('wh_1', at, body) };
    expect(verifyStandardWebhook({ headers, body, secrets: [vector.secret], now: at }).ok).toBe(true);
  });
});

describe('verify', () => {
  it('accepts either of two secrets while one replaces the other', () => {
    const rotating = { ...account, secrets: { signingSecret: 'new', previousSigningSecret: 'plain-secret' } };
    expect(simulator.verify(webhook(message), rotating).ok).toBe(true);
    expect(simulator.verify(webhook(message, ['new']), rotating).ok).toBe(true);
    expect(simulator.verify(webhook(message, ['other', 'new']), rotating).ok).toBe(true);
    expect(simulator.verify(webhook(message, ['other']), rotating).ok).toBe(false);
  });

  it.each([-301, 301])('refuses a time stamp that is %d s off, accepts one second less', (seconds) => {
    const off = (by: number) => webhook(message, ['plain-secret'], new Date(now.getTime() + by * 1000));
    expect(simulator.verify(off(seconds), account)).toMatchObject({
      ok: false,
      error: expect.stringContaining('5 minutes'),
    });
    expect(simulator.verify(off(seconds - Math.sign(seconds)), account).ok).toBe(true);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses a webhook without %s',
    (name) => {
      const request = webhook(message);
      expect(
        simulator.verify({ ...request, headers: { ...request.headers, [name]: undefined } }, account).ok,
      ).toBe(false);
    },
  );

  it('refuses another id, another body and an account without a secret', () => {
    const request = webhook(message);
    const renamed = { ...request, headers: { ...request.headers, 'webhook-id': 'wh_2' } };
    expect(simulator.verify(renamed, account).ok).toBe(false);
    expect(simulator.verify({ ...request, body: Buffer.from('{}') }, account).ok).toBe(false);
    expect(simulator.verify(webhook(message, ['']), { ...account, secrets: { signingSecret: '' } }).ok).toBe(
      false,
    );
  });
});

describe('parse', () => {
  it('reads a text', () => {
    expect(simulator.parse(webhook(message), account)).toEqual({
      ok: true,
      value: [
        {
          kind: 'message',
          providerMessageId: 'sim_1',
          from: '+14155550123',
          to: '+12125550101',
          group: [],
          text: 'hi ',
          media: [],
          segments: null,
        },
      ],
    });
  });

  it('reads several events, in their order', () => {
    const status = {
      type: 'message.status',
      data: { id: 'out_1', status: 'undelivered', errorCode: '30006', errorClass: 'landline' },
    };
    expect(simulator.parse(webhook([message, status]), account)).toMatchObject({
      ok: true,
      value: [
        { kind: 'message', providerMessageId: 'sim_1' },
        {
          kind: 'status',
          providerMessageId: 'out_1',
          status: 'undelivered',
          rawStatus: 'undelivered',
          errorCode: '30006',
          errorClass: 'landline',
        },
      ],
    });
  });

  it('keeps a status word that it does not know', () => {
    const status = { type: 'message.status', data: { id: 'out_1', status: 'unknown' } };
    expect(simulator.parse(webhook(status), account)).toMatchObject({
      ok: true,
      value: [{ status: null, rawStatus: 'unknown' }],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['another type', { type: 'x' }, /type/],
    ['no sender', { ...message, data: { ...message.data, from: '' } }, /data\.from: is not an address/],
    ['no id', { ...message, data: { ...message.data, id: '' } }, /data\.id/],
    ['an empty list', [], /too small|>=1/i],
    ['null', null, /./],
  ])('says what is wrong with %s', (_case, content, reason) => {
    expect(simulator.parse(webhook(content), account)).toEqual({
      ok: false,
      error: expect.stringMatching(reason),
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify(message))),
        fc.string(),
        (body, header) => {
          const request = webhook(body);
          expect(typeof simulator.parse(request, account).ok).toBe('boolean');
          const headers = { ...request.headers, 'webhook-signature': header };
          expect(simulator.verify({ ...request, headers }, account).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('send', () => {
  const outbound = {
    messageId: 'ms_1',
    from: '+12125550101',
    to: '+14155550123',
    text: 'Hello 👋',
    media: [],
    at: now,
  };

  it('posts signed JSON that the simulator can check', () => {
    const request = simulator.buildSend(outbound, account);
    expect(request.url).toBe('http://localhost:3900/carrier/simulator/messages');
    expect(simulatorSendSchema.parse(JSON.parse(request.body))).toMatchObject({
      reference: 'ms_1',
      text: 'Hello 👋',
      statusCallback: `${account.publicUrl}?reference=ms_1`,
    });
    const { headers, body } = request;
    expect(verifyStandardWebhook({ headers, body, secrets: ['plain-secret'], now }).ok).toBe(true);
    expect(JSON.stringify(request)).not.toContain('plain-secret');
  });

  it.each<[number, string, object]>([
    [200, '{"id":"out_1"}', { kind: 'accepted', providerId: 'out_1' }],
    [200, 'ok', { kind: 'unknown' }],
    [401, '', { kind: 'rejected', errorClass: 'credentials' }],
    [
      422,
      '{"error":{"code":"21610","errorClass":"opted_out","message":"STOP"}}',
      { kind: 'rejected', code: '21610', errorClass: 'opted_out' },
    ],
    [429, '', { kind: 'throttled', retryAfterMs: null }],
    [500, '', { kind: 'unknown' }],
  ])('reads %d %s', (status, body, expected) => {
    expect(simulator.parseSend({ status, headers: {}, body })).toMatchObject(expected);
  });
});
