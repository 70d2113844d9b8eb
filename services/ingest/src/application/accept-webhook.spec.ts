import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox, signStandardWebhook, type WebhookRequest } from '@partyline/carriers';
import { FixedClock, MemoryEventPublisher } from '@partyline/testing';
import { demoAccounts } from '../domain/demo-accounts.js';
import {
  MemoryAccountStore,
  MemoryActivity,
  MemoryReceiptStore,
  MemoryRefusals,
  MemorySignatures,
  SilentMetrics,
} from '../../test/support/fakes.js';
import { MemoryRefusedWebhooks } from '../../test/support/memory-refused.js';
import { noParts } from '../../test/support/no-parts.js';
import { AcceptWebhook } from './accept-webhook.js';
import { Accounts } from './accounts.js';
import { CarrierVisits } from './carrier-visits.js';
import type { MediaProblem } from '../domain/media.js';
import { MediaFetcher } from './media-fetcher.js';
import type { Bytes } from './object-store.js';
import { ReceiptPublisher } from './receipt-publisher.js';
import { ReceiptWriter, WriterLimits } from './receipt-writer.js';
import { SeedDemo } from './seed-demo.js';

const clock = new FixedClock();
const secretBox = new SecretBox(randomBytes(32).toString('base64'));
const text = (id: string) => ({
  type: 'message.received',
  data: { id, from: '+14155550123', to: '+12125550101', text: 'hi' },
});

function signed(content: unknown, secret = 'demo-simulator-secret'): WebhookRequest {
  const body = JSON.stringify(content);
  const at = clock.now();
  return {
    method: 'POST',
    query: '',
    headers: {
      ...signStandardWebhook({ id: 'wh', at, body, secrets: [secret] }),
      authorization: 'Bearer hush',
    },
    body: Buffer.from(body),
    receivedAt: at,
  };
}

/** An internet on which nothing answers. */
class NobodyThere extends MediaFetcher {
  readonly asked: string[] = [];
  override fetch(url: string): Promise<Bytes | MediaProblem> {
    this.asked.push(url);
    return Promise.resolve({ kind: 'unavailable', reason: 'away' });
  }
}

const other = (carrier: string, settings: Record<string, string>, secrets: Record<string, string>) => ({
  id: `acme-${carrier}`,
  tenantId: 'demo',
  carrier,
  name: carrier,
  publicUrl: `https://texts.example.com/hooks/${carrier}/acme-${carrier}`,
  settings,
  secrets,
  active: true,
});
const topic = 'arn:aws:sns:us-east-1:123456789012:texts';
const others = [
  other('sinch', { servicePlanId: 'p' }, { apiToken: 't', signingSecret: 's' }),
  other('azure', {}, { accessKey: 'a', webhookSecret: 'hush' }),
  other('aws', { topicArns: topic }, { secretAccessKey: 's' }),
];
const json = (body: unknown, query = ''): WebhookRequest => ({
  method: 'POST',
  query,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: clock.now(),
});

describe('AcceptWebhook', () => {
  let internet: NobodyThere;
  let accountStore: MemoryAccountStore;
  let store: MemoryReceiptStore;
  let refusals: MemoryRefusals;
  let signatures: MemorySignatures;
  let metrics: SilentMetrics;
  let accounts: Accounts;
  let accept: AcceptWebhook;
  const post = (request: WebhookRequest, accountId = 'demo-simulator', carrier = 'simulator') =>
    accept.execute({ carrier, accountId, request, correlationId: 'co_1', traceparent: null });

  beforeEach(async () => {
    accountStore = new MemoryAccountStore();
    store = new MemoryReceiptStore();
    refusals = new MemoryRefusals();
    signatures = new MemorySignatures();
    metrics = new SilentMetrics();
    accounts = new Accounts(accountStore, secretBox, clock);
    const publisher = new ReceiptPublisher(new MemoryEventPublisher());
    const writer = new ReceiptWriter(
      store,
      publisher,
      noParts(publisher),
      metrics,
      new MemoryActivity(),
      clock,
      new WriterLimits(),
    );
    internet = new NobodyThere();
    accept = new AcceptWebhook(
      accounts,
      writer,
      refusals,
      signatures,
      new MemoryRefusedWebhooks(),
      metrics,
      new CarrierVisits(internet),
    );
    await new SeedDemo(accountStore, secretBox).execute([
      ...demoAccounts('http://localhost:3001', 'http://localhost:3900'),
      ...others,
    ]);
  });

  it('accepts a signed text once, and again without storing it again', async () => {
    expect(await post(signed(text('a')))).toEqual({
      kind: 'accepted',
      answer: { status: 204, contentType: null, body: '' },
    });
    expect(await post(signed(text('a')))).toMatchObject({ kind: 'accepted' });
    expect(store.kept.size).toBe(1);
    expect(refusals.lastWebhookAt).toEqual(clock.now());
  });

  it('stores every event of one webhook, or says that it did not', async () => {
    expect(await post(signed([text('a'), text('b')]))).toMatchObject({ kind: 'accepted' });
    expect(store.kept.size).toBe(2);
    store.fate = ({ providerMessageId }) => (providerMessageId === 'd' ? 'unknown' : null);
    expect(await post(signed([text('c'), text('d')]))).toEqual({ kind: 'unavailable' });
  });

  it('keeps no credentials with the receipt', async () => {
    await post(signed(text('a')));
    expect(JSON.stringify([...store.kept.values()])).not.toMatch(/hush|signature|demo-simulator-secret/);
  });

  it('stores nothing of a webhook with a wrong signature, and counts it', async () => {
    expect(await post(signed(text('a'), 'stolen'))).toMatchObject({ kind: 'bad_signature' });
    expect(store.kept.size).toBe(0);
    expect(refusals.badSignatures).toBe(1);
    expect(refusals.lastWebhookAt).toBeNull();
    await post(signed(text('a')));
    expect(signatures.fits).toEqual([false, true]);
  });

  it('says what is wrong with a malformed one', async () => {
    expect(await post(signed({ type: 'message.received', data: {} }))).toMatchObject({
      kind: 'malformed',
      reason: expect.stringContaining('data.'),
    });
    expect(refusals.malformed).toBe(1);
  });

  it.each([
    ['another account', 'nobody', 'simulator'],
    ['another carrier', 'demo-simulator', 'twilio'],
    ['no such carrier', 'demo-simulator', 'pigeon'],
  ])('knows nothing of %s', async (_case, accountId, carrier) => {
    expect(await post(signed(text('a')), accountId, carrier)).toEqual({ kind: 'unknown_account' });
    expect(metrics.outcomes).toEqual(['unknown_account']);
  });

  it('knows nothing of an account that is switched off, from the moment that it is', async () => {
    expect(await post(signed(text('a')))).toMatchObject({ kind: 'accepted' });
    const account = await accountStore.find('demo-simulator');
    if (account) await accountStore.change(account, { active: false });
    accounts.forget('demo-simulator');
    expect(await post(signed(text('b')))).toEqual({ kind: 'unknown_account' });
  });

  it('reads an account once in two seconds, also one that does not exist', async () => {
    for (const id of ['a', 'b', 'c']) await post(signed(text(id)));
    for (const id of ['a', 'b', 'c']) await post(signed(text(id)), 'nobody');
    expect(accountStore.finds).toBe(2);
    clock.advance(2_001);
    await post(signed(text('d')));
    expect(accountStore.finds).toBe(3);
  });

  it('asks to come again while accounts cannot be read, rather than denying them', async () => {
    accountStore.failure = new Error('no primary');
    expect(await post(signed(text('a')))).toEqual({ kind: 'unavailable' });
    accountStore.failure = null;
    expect(await post(signed(text('a')))).toMatchObject({ kind: 'accepted' });
  });

  it('refuses as the carrier needs it, where the usual way made it drop a text for good', async () => {
    expect(await post(json({}), 'acme-sinch', 'sinch')).toMatchObject({ kind: 'bad_signature', status: 429 });
    expect(await post(json([{}], 'token=hush'), 'acme-azure', 'azure')).toMatchObject({
      kind: 'malformed',
      status: 503,
    });
    expect(await post(signed(text('a'), 'stolen'))).toMatchObject({ kind: 'bad_signature', status: null });
  });

  it('answers the question of a new subscription, and only to who knows the secret', async () => {
    const question = {
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      data: { validationCode: 'code-1' },
    };
    expect(await post(json([question], 'token=hush'), 'acme-azure', 'azure')).toMatchObject({
      kind: 'accepted',
      answer: { body: '{"validationResponse":"code-1"}' },
    });
    expect(await post(json([question]), 'acme-azure', 'azure')).toMatchObject({ kind: 'bad_signature' });
    expect(store.kept.size).toBe(0);
  });

  it('asks to come again while the certificate of a signature cannot be had', async () => {
    const certificate = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem';
    const sns = {
      Type: 'Notification',
      MessageId: 'm',
      TopicArn: topic,
      Message: '{}',
      Timestamp: '2026-11-23T18:00:00.000Z',
      SignatureVersion: '2',
      Signature: 'AA==',
      SigningCertURL: certificate,
    };
    expect(await post(json(sns), 'acme-aws', 'aws')).toEqual({ kind: 'unavailable' });
    expect(internet.asked).toEqual([certificate]);
    expect(
      await post(json({ ...sns, SigningCertURL: 'https://evil.example/a.pem' }), 'acme-aws', 'aws'),
    ).toMatchObject({
      kind: 'bad_signature',
    });
    expect(internet.asked).toEqual([certificate]);
  });

  it('keeps no secret of a URL with the receipt', async () => {
    const event = {
      eventType: 'Microsoft.Communication.SMSReceived',
      data: { messageId: 'm1', from: '14155550123', to: '12125550101', message: 'hi' },
    };
    expect(await post(json([event], 'token=hush'), 'acme-azure', 'azure')).toMatchObject({
      kind: 'accepted',
    });
    expect(store.kept.size).toBe(1);
    expect(JSON.stringify([...store.kept.values()])).not.toContain('hush');
  });
});
