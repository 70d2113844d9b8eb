import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { azure } from './azure.carrier.js';

const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/azure/acme',
  settings: { endpoint: 'https://acme.communication.azure.com' },
  secrets: { accessKey: 'a2V5', webhookSecret: 'hush' },
};
const request = (body: unknown, change: Partial<WebhookRequest> = {}): WebhookRequest => ({
  method: 'POST',
  query: 'token=hush',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: new Date('2026-11-23T18:00:00.000Z'),
  ...change,
});
const validation = {
  id: 'e',
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  data: {
    validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
    validationUrl: 'https://rp.eventgrid.azure.net/x',
  },
};

describe('handshake', () => {
  it('repeats the code of a new subscription', () => {
    expect(azure.handshake?.(request([validation]), account)).toEqual({
      answer: {
        status: 200,
        contentType: 'application/json',
        body: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
      },
      confirmUrl: null,
    });
  });

  it('allows the origin of a CloudEvents subscription', () => {
    const asked = request([], {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    });
    expect(azure.handshake?.(asked, account)?.answer).toMatchObject({
      status: 200,
      headers: { 'webhook-allowed-origin': 'eventgrid.azure.net' },
    });
    const injected = request([], {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'a\r\nset-cookie: b' },
    });
    expect(JSON.stringify(azure.handshake?.(injected, account))).not.toContain('cookie');
  });

  it.each([[[]], [[{ ...validation, data: {} }]], [{ type: 'x' }], ['x']])('is not %j', (body) => {
    expect(azure.handshake?.(request(body), account)).toBeNull();
  });

  it('is not for whoever does not know the secret', () => {
    expect(azure.verify(request([validation]), account).ok).toBe(true);
    expect(azure.verify(request([validation], { query: '' }), account).ok).toBe(false);
    expect(azure.verify(request([], { method: 'OPTIONS', query: 'token=x' }), account).ok).toBe(false);
  });
});

it('refuses in a way after which Event Grid comes again', () => {
  expect(azure.refusalStatus?.('signature', request([]))).toBe(503);
  expect(azure.refusalStatus?.('malformed', request([]))).toBe(503);
});

it('gives a message the same repeatability id every time, and another the next', () => {
  const send = (messageId: string): string =>
    azure.buildSend({ messageId, from: '1', to: '2', text: 'x', media: [], at: new Date(0) }, account).body;
  const id = (body: string): string => JSON.parse(body).smsRecipients[0].repeatabilityRequestId;
  expect(id(send('ms_1'))).toBe(id(send('ms_1')));
  expect(id(send('ms_1'))).not.toBe(id(send('ms_2')));
  expect(id(send('ms_1'))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
