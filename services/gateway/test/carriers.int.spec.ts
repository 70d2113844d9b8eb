import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AddSpareSecret,
  GetRecording,
  StartRecording,
  StopRecording,
  ListAccountAlerts,
  ListCarriers,
  TryMapping,
  ListReconciliations,
  PromoteSpareSecret,
  Reconcile,
  RetireSpareSecret,
} from '@partyline/contracts';
import type { Client } from './support/client.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ada: Client;
let ben: Client;

beforeAll(async () => {
  world = await startWorld();
  [ada, ben] = await Promise.all([world.signedIn('ada'), world.signedIn('ben')]);
});
afterAll(() => world.stop());

const reconciliation = {
  carrier: 'twilio',
  accountId: 'main',
  sharedWith: [],
  running: null,
  last: null,
  problem: null,
  nextAt: '2026-11-23T12:00:00.000Z',
};

describe("comparisons with carriers' logs", () => {
  const path = '/admin/reconciliations';

  it('are shown to Admins, of their tenant, and nobody else', async () => {
    world.script.answer(ListReconciliations, () => [reconciliation]);
    expect(await ben.get(path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await ada.get(path)).toMatchObject({ status: 200, body: [reconciliation] });
    expect(world.script.requests(ListReconciliations)).toMatchObject([{ tenantId: 'demo', userId: 'ada' }]);
  });

  it('are asked for by Admins, for an account that is there and hours that make sense', async () => {
    expect((await ada.post(`${path}/other`, {})).status).toBe(404);
    world.script.answer(Reconcile, () => reconciliation);
    expect((await ben.post(`${path}/main`, { hours: 24 })).status).toBe(403);
    expect((await ada.post(`${path}/main`, { hours: 721 })).status).toBe(400);
    expect(await ada.post(`${path}/main`, { hours: 24 })).toMatchObject({
      status: 202,
      body: reconciliation,
    });
    expect(world.script.requests(Reconcile).at(-1)).toMatchObject({
      tenantId: 'demo',
      accountId: 'main',
      hours: 24,
    });
  });
});

describe('carrier accounts that fail', () => {
  it('are shown to Admins, of their tenant, and nobody else', async () => {
    const path = '/admin/carrier-accounts/alerts';
    const alert = {
      id: 'fa_1',
      accountId: 'main',
      kind: 'replies_waiting' as const,
      title: 'Replies through Main do not go out',
      body: '7 wait, the first for 20 minutes.',
      noticedAt: '2026-11-23T12:00:00.000Z',
    };
    world.script.answer(ListAccountAlerts, () => [alert]);
    expect(await ben.get(path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await ada.get(path)).toMatchObject({ status: 200, body: [alert] });
    expect(world.script.requests(ListAccountAlerts)).toMatchObject([{ tenantId: 'demo', userId: 'ada' }]);
  });
});

describe('secrets of carrier accounts', () => {
  const path = '/admin/carrier-accounts/main/secrets/authToken';
  const account = {
    id: 'main',
    carrier: 'twilio',
    name: 'Main',
    publicUrl: 'https://texts.example.com/hooks/twilio/main',
    settings: {},
    active: true,
    secretNames: ['authToken', 'previousAuthToken'],
    webhookUrl: 'https://texts.example.com/hooks/twilio/main',
    counters: { received: 0, landed: 0, open: 0, rejected: 0, badSignatures: 0 },
    lastWebhookAt: null,
  };

  it('are changed in steps by Admins, who do not get to see them', async () => {
    for (const call of [AddSpareSecret, PromoteSpareSecret, RetireSpareSecret]) {
      world.script.answer(call, () => account);
    }
    expect((await ben.send('PUT', `${path}/spare`, { value: 'hush' })).status).toBe(403);
    expect((await ada.send('PUT', `${path}/spare`, { value: '' })).status).toBe(400);
    const added = await ada.send('PUT', `${path}/spare`, { value: 'hush' });
    expect(added).toMatchObject({ status: 200, body: account });
    expect(JSON.stringify(added.body)).not.toContain('hush');
    expect(world.script.requests(AddSpareSecret)).toMatchObject([
      { tenantId: 'demo', id: 'main', secret: 'authToken', value: 'hush' },
    ]);
    const expiresAt = '2999-01-01T00:00:00.000Z';
    expect((await ada.post(`${path}/promote`, { expiresAt })).status).toBe(200);
    expect(world.script.requests(PromoteSpareSecret)).toMatchObject([{ secret: 'authToken', expiresAt }]);
    expect((await ada.post(`${path}/promote`, { revision: 3 })).status).toBe(200);
    expect(world.script.requests(PromoteSpareSecret).at(-1)).toMatchObject({ revision: 3 });
    expect((await ada.send('DELETE', `${path}/spare?revision=4`)).status).toBe(200);
    expect(world.script.requests(RetireSpareSecret)).toMatchObject([
      { id: 'main', secret: 'authToken', revision: 4 },
    ]);
  });
});

describe('recording what arrives for an account', () => {
  const path = '/admin/carrier-accounts/main/recording';
  const none = { recording: null, requests: [] };

  it('is for Admins, for a day and a hundred requests at most', async () => {
    for (const call of [StartRecording, StopRecording, GetRecording]) world.script.answer(call, () => none);
    for (const refused of [
      await ben.get(path),
      await ben.post(path, {}),
      await ben.send('DELETE', path),
      await ben.get(`${path}/requests/rq_1`),
    ])
      expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    for (const limits of [{ minutes: 1441 }, { minutes: 0 }, { requests: 101 }])
      expect((await ada.post(path, limits)).status).toBe(400);
    expect(await ada.post(path, {})).toMatchObject({ status: 200, body: none });
    expect(world.script.requests(StartRecording)).toMatchObject([
      { tenantId: 'demo', userId: 'ada', accountId: 'main', minutes: 60, requests: 100 },
    ]);
    expect(await ada.get(path)).toMatchObject({ status: 200, body: none });
    expect((await ada.send('DELETE', path)).status).toBe(200);
  });
});

describe('carriers', () => {
  it('are described to Admins, who can try a mapping on a sample, and to nobody else', async () => {
    const carrier = {
      id: 'twilio',
      name: 'Twilio',
      setup: 's',
      rotation: 'r',
      fields: [],
      oneOf: [],
      hasLog: true,
    };
    world.script.answer(ListCarriers, () => [carrier]);
    expect((await ben.get('/admin/carriers')).status).toBe(403);
    expect(await ada.get('/admin/carriers')).toMatchObject({ status: 200, body: [carrier] });

    const path = '/admin/carriers/generic/try-out';
    const tried = { ok: false as const, about: 'mapping' as const, error: 'from is missing' };
    world.script.answer(TryMapping, () => tried);
    expect((await ben.post(path, { mapping: '{}', body: '' })).status).toBe(403);
    expect((await ada.post(path, { mapping: '{}' })).status).toBe(400);
    expect(await ada.post(path, { mapping: '{}', body: 'x' })).toMatchObject({ status: 200, body: tried });
  });
});
