import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox, signStandardWebhook, type WebhookRequest } from '@partyline/carriers';
import { FixedClock, MemoryEventPublisher } from '@partyline/testing';
import { demoAccounts } from '../domain/demo-accounts.js';
import {
  MemoryAccountStore,
  MemoryReceiptStore,
  MemoryRefusals,
  SilentMetrics,
} from '../../test/support/fakes.js';
import { AcceptWebhook } from './accept-webhook.js';
import { Accounts } from './accounts.js';
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

describe('AcceptWebhook', () => {
  let accountStore: MemoryAccountStore;
  let store: MemoryReceiptStore;
  let refusals: MemoryRefusals;
  let metrics: SilentMetrics;
  let accounts: Accounts;
  let accept: AcceptWebhook;
  const post = (request: WebhookRequest, accountId = 'demo-simulator', carrier = 'simulator') =>
    accept.execute({ carrier, accountId, request, correlationId: 'co_1', traceparent: null });

  beforeEach(async () => {
    accountStore = new MemoryAccountStore();
    store = new MemoryReceiptStore();
    refusals = new MemoryRefusals();
    metrics = new SilentMetrics();
    accounts = new Accounts(accountStore, secretBox, clock);
    const publisher = new ReceiptPublisher(new MemoryEventPublisher());
    const writer = new ReceiptWriter(store, publisher, metrics, clock, new WriterLimits());
    accept = new AcceptWebhook(accounts, writer, refusals, metrics);
    await new SeedDemo(accountStore, secretBox).execute(
      demoAccounts('http://localhost:3001', 'http://localhost:3900'),
    );
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
    await accountStore.change('demo', 'demo-simulator', { active: false });
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
});
