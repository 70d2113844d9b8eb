import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CreateCarrierAccount,
  EraseReceipts,
  ListRefusedWebhooks,
  problemSchema,
} from '@partyline/contracts';
import fc from 'fast-check';
import { World } from './support/world.js';

let world: World;
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_1' };
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sinch: { servicePlanId: 'plan' },
  vonage: { apiKey: 'abcd1234' },
  bandwidth: { accountId: '99', applicationId: 'app', apiUser: 'user' },
};
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sinch: { apiToken: 'token', webhookSecret: 'hook-secret' },
  vonage: { apiSecret: 'secret', webhookSecret: 'hook-secret' },
  bandwidth: { apiPassword: 'password', webhookSecret: 'hook-secret' },
};
const CARRIERS = Object.keys(SETTINGS);

beforeAll(async () => {
  world = await World.start();
  for (const carrier of CARRIERS) {
    const created = await world.neighbours.call(CreateCarrierAccount, {
      ...viewer,
      account: {
        id: `demo-${carrier}`,
        carrier,
        name: carrier,
        publicUrl: `https://demo.example.com/hooks/${carrier}/demo-${carrier}`,
        settings: { ...SETTINGS[carrier] },
        active: true,
        secrets: { ...SECRETS[carrier] },
      },
    });
    if (!created.ok) throw new Error(created.error.message);
  }
}, 60_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

const post = (
  carrier: string,
  body: string | Uint8Array,
  query = '?token=hook-secret',
  account = `demo-${carrier}`,
) =>
  fetch(`${world.service.url}/hooks/${carrier}/${account}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
  });
const refused = async (carrier: string, tenantId = 'demo') => {
  const request = { ...viewer, tenantId, accountId: `demo-${carrier}`, limit: 50 };
  const answer = await world.neighbours.call(ListRefusedWebhooks, request);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

describe('a webhook that is not taken', () => {
  it('can be found with its reason, and without its secrets', async () => {
    await post('bandwidth', '{"nonsense": true}');
    await post('bandwidth', '[]', '?token=a-guess');
    const found = await refused('bandwidth');
    expect(found).toMatchObject([
      { kind: 'bad_signature', reason: expect.stringMatching(/webhook secret does not fit/), body: '[]' },
      {
        kind: 'malformed',
        reason: expect.stringMatching(/array of events/),
        body: '{"nonsense": true}',
        bytes: 18,
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/hook-secret|a-guess/);
    await expect(refused('bandwidth', 'other')).rejects.toThrow('NOT_FOUND');
  });

  it('is erased with the person whose number is in it', async () => {
    await post('sinch', '{"broken": "+14155550177"}');
    await post('sinch', 'From=%2B14155550177&Body=broken');
    await post('sinch', '{"broken": "+14155550188"}');
    const peers = ['+14155550177'];
    await world.neighbours.call(EraseReceipts, { tenantId: 'other', messageIds: [], peers });
    expect(await refused('sinch')).toHaveLength(3);
    await world.neighbours.call(EraseReceipts, { tenantId: 'demo', messageIds: [], peers });
    expect(await refused('sinch')).toMatchObject([{ body: '{"broken": "+14155550188"}' }]);
  });

  it('is answered so that its carrier sends it again', async () => {
    expect((await post('sinch', 'nonsense')).status).toBe(429);
    expect((await post('sinch', '{}', '?token=wrong')).status).toBe(429);
    expect((await post('sinch', '{}', '', 'nobody')).status).toBe(429);
    expect((await post('sinch', Buffer.alloc(1_100_000))).status).toBe(429);
    expect((await post('vonage', '{}', '')).status).toBe(503);
    expect((await post('bandwidth', '{}', '', 'nobody')).status).toBe(404);
    expect((await post('bandwidth', Buffer.alloc(1_100_000))).status).toBe(413);
  });

  it('of a flood costs no more than some of every minute', async () => {
    await Promise.all(Array.from({ length: 200 }, () => post('vonage', 'flood')));
    const kept = await world.database
      .collection('refusedWebhooks')
      .countDocuments({ accountId: 'demo-vonage' });
    expect(kept).toBeLessThanOrEqual(60);
  });
});

it('whatever is posted gets an answer that is no fault of ours', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.json().map((json) => Buffer.from(json)),
    fc
      .constantFrom('['.repeat(50_000), '{"__proto__":{"polluted":1}}', '&='.repeat(10_000), '')
      .map((one) => Buffer.from(one)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CARRIERS), body, async (carrier, bytes) => {
      const response = await post(carrier, bytes);
      expect(response.status).not.toBe(500);
      if (response.status >= 400) problemSchema.parse(await response.json());
      else await response.arrayBuffer();
    }),
    { numRuns: 150 },
  );
  expect('polluted' in {}).toBe(false);
}, 60_000);
