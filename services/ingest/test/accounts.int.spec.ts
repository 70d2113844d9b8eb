import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@partyline/carriers';
import {
  AddSpareSecret,
  CreateCarrierAccount,
  GetCarrierAccount,
  GetReplyPrice,
  ListCarrierAccounts,
  ListCarriers,
  TryMapping,
  PromoteSpareSecret,
  RemoveCarrierAccount,
  RetireSpareSecret,
  SignMediaPath,
  UpdateCarrierAccount,
} from '@partyline/contracts';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const KEY = randomBytes(32).toString('base64');
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co' };
let pictures: Server;
let origin: string;
let asked: string[];
let world: World;

beforeAll(async () => {
  pictures = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/cat.png') response.end(PNG);
    else if (request.url === '/page') response.end('<html><script>alert(1)</script></html>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => pictures.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  asked = [];
  world = await World.start({ PARTYLINE_SECRETS_KEY: KEY, PARTYLINE_MEDIA_ALLOW_ORIGINS: origin });
}, 60_000);

afterAll(async () => {
  await world?.stop();
  pictures.closeAllConnections();
  await new Promise((done) => pictures.close(done));
}, 60_000);

const input = {
  carrier: 'twilio',
  name: 'Our Twilio',
  publicUrl: 'https://texts.acme.example/hooks/twilio/acme',
  settings: { accountSid: 'AC00000000000000000000000000000001' },
  active: true,
  secrets: { authToken: 'hush-hush' },
};

describe('carrier accounts', () => {
  it('of the demo are there, once, however often the service starts', async () => {
    const ids = async () => {
      const answer = await world.neighbours.call(ListCarrierAccounts, viewer);
      return answer.ok ? answer.value.map(({ id }) => id).sort((a, b) => a.localeCompare(b)) : [];
    };
    expect(await ids()).toEqual(['demo-simulator', 'demo-twilio']);
  });

  it('are set up, changed and removed by an Admin, who never sees a secret again', async () => {
    const acme = { ...viewer, tenantId: 'acme' };
    const created = await world.neighbours.call(CreateCarrierAccount, {
      ...acme,
      account: { ...input, id: 'acme' },
    });
    expect(created).toMatchObject({
      ok: true,
      value: {
        id: 'acme',
        secretNames: ['authToken'],
        webhookUrl: 'http://127.0.0.1:3001/hooks/twilio/acme',
      },
    });
    const account = { name: 'Renamed', secrets: { previousAuthToken: 'older-hush' } };
    const changed = await world.neighbours.call(UpdateCarrierAccount, { ...acme, id: 'acme', account });
    expect(changed).toMatchObject({
      ok: true,
      value: { name: 'Renamed', secretNames: ['authToken', 'previousAuthToken'] },
    });
    expect(JSON.stringify([created, changed])).not.toContain('hush');

    const found = await world.neighbours.call(GetCarrierAccount, { tenantId: 'acme', accountId: 'acme' });
    const sealed = found.ok ? found.value.sealed : {};
    expect(new SecretBox(KEY).openAll('acme', sealed)).toEqual({
      authToken: 'hush-hush',
      previousAuthToken: 'older-hush',
    });

    expect(await world.neighbours.call(RemoveCarrierAccount, { ...acme, id: 'acme' })).toMatchObject({
      ok: true,
    });
    const gone = await world.neighbours.call(GetCarrierAccount, { tenantId: 'acme', accountId: 'acme' });
    expect(gone).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it.each<[string, Partial<typeof input> & { id?: string }, string, string]>([
    ['no such carrier', { carrier: 'pigeon' }, 'VALIDATION', 'pigeon'],
    ['no token', { secrets: {} as { authToken: string } }, 'VALIDATION', 'authToken'],
    ['a wrong SID', { settings: { accountSid: 'X' } }, 'VALIDATION', 'accountSid'],
    ['a URL that is none of the web', { publicUrl: 'ftp://x.example/' }, 'VALIDATION', 'publicUrl'],
    ['an id that another tenant has', { id: 'demo-twilio' }, 'IN_USE', 'demo-twilio'],
  ])('are refused for %s', async (_case, change, code, said) => {
    const answer = await world.neighbours.call(CreateCarrierAccount, {
      ...viewer,
      account: { ...input, ...change },
    });
    expect(answer).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(said) } });
  });

  it('know what a reply costs as soon as they were told, and no more once the prices are taken away', async () => {
    const acme = { ...viewer, tenantId: 'acme' };
    const id = 'acme-priced';
    const prices = { currency: 'USD', sms: '0.0079', mms: '0.02', places: [{ to: 'GB', sms: '0.04' }] };
    const priceTo = (...to: string[]) =>
      world.neighbours.call(GetReplyPrice, { tenantId: 'acme', accountId: id, to });
    await world.neighbours.call(CreateCarrierAccount, { ...acme, account: { ...input, id } });
    const unknown = { ok: true, value: { currency: null, sms: null, mms: null } };
    expect(await priceTo('+14155550123')).toEqual(unknown);

    const change = (account: object) => world.neighbours.call(UpdateCarrierAccount, { ...acme, id, account });
    expect(await change({ prices })).toMatchObject({ ok: true, value: { prices, name: 'Our Twilio' } });
    expect(await priceTo('+14155550123')).toMatchObject({
      ok: true,
      value: { currency: 'USD', sms: '0.0079', mms: '0.02' },
    });
    expect(await priceTo('+14155550123', '+442071234567')).toMatchObject({
      ok: true,
      value: { sms: '0.0479', mms: null },
    });
    const links = {
      ...input,
      id: 'acme-links',
      carrier: 'infobip',
      settings: { host: 'x.api.infobip.com' },
      prices,
    };
    const secrets = { apiKey: 'key-for-tests', webhookSecret: 'secret-for-tests' };
    await world.neighbours.call(CreateCarrierAccount, { ...acme, account: { ...links, secrets } });
    const asLinks = { tenantId: 'acme', accountId: 'acme-links', to: ['+14155550123'] };
    // No MMS is sent, whatever one would cost.
    expect(await world.neighbours.call(GetReplyPrice, asLinks)).toMatchObject({
      ok: true,
      value: { currency: 'USD', sms: '0.0079', mms: null, linkLength: expect.any(Number) },
    });
    const other = { tenantId: 'other', accountId: id, to: [] };
    expect(await world.neighbours.call(GetReplyPrice, other)).toMatchObject({ ok: false });

    expect(await change({ prices: { ...prices, currency: 'QQQ' } })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', issues: [{ path: 'prices' }] },
    });
    expect(await change({ name: 'Renamed' })).toMatchObject({ ok: true, value: { prices } });
    const forDelivery = await world.neighbours.call(GetCarrierAccount, { tenantId: 'acme', accountId: id });
    expect(forDelivery).toMatchObject({ ok: true, value: { prices } });
    expect(await change({ prices: null })).toMatchObject({ ok: true, value: { prices: null } });
    expect(await priceTo('+14155550123')).toEqual(unknown);
  });

  it('of the demo may be priced and renamed by a form that sends everything, and go on to the simulator', async () => {
    const before = await world.neighbours.call(ListCarrierAccounts, viewer);
    const twilio = before.ok ? before.value.find(({ id }) => id === 'demo-twilio') : undefined;
    const { publicUrl = '', settings = {} } = twilio ?? {};
    const change = (account: object) =>
      world.neighbours.call(UpdateCarrierAccount, { ...viewer, id: 'demo-twilio', account });
    const form = { publicUrl, settings, secrets: {}, prices: { currency: 'USD', sms: '0.0079' } };
    expect(await change(form)).toMatchObject({ ok: true, value: { settings, prices: form.prices } });
    expect(
      await change({ ...form, settings: { ...settings, apiBase: 'http://elsewhere.example' } }),
    ).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
    expect(await change({ prices: null })).toMatchObject({ ok: true });
  });

  it('of another tenant do not exist', async () => {
    const other = { ...viewer, tenantId: 'other' };
    const id = 'demo-simulator';
    const calls = [
      world.neighbours.call(GetCarrierAccount, { tenantId: 'other', accountId: id }),
      world.neighbours.call(UpdateCarrierAccount, { ...other, id, account: { active: false } }),
      world.neighbours.call(RemoveCarrierAccount, { ...other, id }),
      world.neighbours.call(AddSpareSecret, { ...other, id, secret: 'signingSecret', value: 'x' }),
      world.neighbours.call(PromoteSpareSecret, { ...other, id, secret: 'signingSecret' }),
      world.neighbours.call(RetireSpareSecret, { ...other, id, secret: 'signingSecret' }),
      world.neighbours.call(SignMediaPath, { ...other, accountId: id, mediaId: 'md_1', url: origin }),
    ];
    for (const answer of await Promise.all(calls))
      expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect((await world.carrier.text()).status).toBe(204);
  });

  it('take webhooks signed with the old and with the new secret while it is being changed', async () => {
    const call = { ...viewer, id: 'demo-simulator', secret: 'signingSecret' };
    const fresh = 'a-fresh-simulator-secret';
    const statuses = async () => [
      (await world.carrier.text()).status,
      (await world.carrier.text(aText(), { secret: fresh })).status,
    ];
    expect(await statuses()).toEqual([204, 403]);

    const expiresAt = '2999-01-01T00:00:00.000Z';
    expect(await world.neighbours.call(AddSpareSecret, { ...call, value: fresh, expiresAt })).toMatchObject({
      ok: true,
      value: { secretsExpireAt: { previousSigningSecret: expiresAt } },
    });
    expect(await statuses()).toEqual([204, 204]);

    const account = { secrets: { previousSigningSecret: fresh } };
    expect(
      await world.neighbours.call(UpdateCarrierAccount, { ...viewer, id: call.id, account }),
    ).toMatchObject({ ok: true, value: { secretsExpireAt: {} } });
    const added = await world.neighbours.call(AddSpareSecret, { ...call, value: fresh, expiresAt });
    const revision = added.ok ? added.value.revision : undefined;
    expect(await world.neighbours.call(PromoteSpareSecret, { ...call, revision })).toMatchObject({
      ok: true,
      value: { secretsExpireAt: {} },
    });
    expect(await statuses()).toEqual([204, 204]);

    expect(await world.neighbours.call(RetireSpareSecret, call)).toMatchObject({
      ok: true,
      value: { secretNames: ['signingSecret'] },
    });
    expect(await statuses()).toEqual([403, 204]);

    // Back to what the other tests sign with.
    const back = await world.neighbours.call(AddSpareSecret, { ...call, value: 'demo-simulator-secret' });
    await world.neighbours.call(PromoteSpareSecret, {
      ...call,
      revision: back.ok ? back.value.revision : undefined,
    });
    await world.neighbours.call(RetireSpareSecret, call);
    expect(await statuses()).toEqual([204, 403]);
  });

  it.each([
    ['a secret that webhooks are not checked by', { secret: 'apiKey' }, 'apiKey'],
    ['an end that is over', { expiresAt: '2001-01-01T00:00:00.000Z' }, 'expiresAt'],
    ['nothing to promote', {}, 'no second value'],
  ])('refuse to change a secret for %s', async (_case, change, said) => {
    const call = { ...viewer, id: 'demo-simulator', secret: 'signingSecret', ...change };
    const answer = await world.neighbours.call(PromoteSpareSecret, call);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', message: expect.stringContaining(said) },
    });
  });

  it('of two Admins who promote the same spare secret the second is told, and nothing is swapped back', async () => {
    const call = { ...viewer, id: 'demo-twilio', secret: 'authToken' };
    const added = await world.neighbours.call(AddSpareSecret, { ...call, value: 'a-fresh-twilio-token' });
    const revision = added.ok ? added.value.revision : undefined;
    expect(revision).toEqual(expect.any(Number));
    // Who does not say what they saw cannot be told from who comes second.
    for (const answer of await Promise.all([1, 2].map(() => world.neighbours.call(PromoteSpareSecret, call))))
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'VALIDATION', issues: [{ path: 'revision' }] },
      });
    const answers = await Promise.all(
      [1, 2, 3].map(() => world.neighbours.call(PromoteSpareSecret, { ...call, revision })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(answer).toMatchObject({ error: { code: 'STALE' } });
    const found = await world.neighbours.call(GetCarrierAccount, { tenantId: 'demo', accountId: call.id });
    const sealed = found.ok ? found.value.sealed : {};
    expect(new SecretBox(KEY).openAll(call.id, sealed)).toMatchObject({ authToken: 'a-fresh-twilio-token' });

    for (const late of [
      world.neighbours.call(UpdateCarrierAccount, {
        ...viewer,
        id: call.id,
        account: { name: 'X', revision },
      }),
      world.neighbours.call(RetireSpareSecret, { ...call, revision }),
      world.neighbours.call(AddSpareSecret, { ...call, value: 'other', revision }),
    ]) {
      expect(await late).toMatchObject({ ok: false, error: { code: 'STALE' } });
    }
  });

  it('tell when each secret was set, and never what it is', async () => {
    const acme = { ...viewer, tenantId: 'acme' };
    await world.neighbours.call(CreateCarrierAccount, { ...acme, account: { ...input, id: 'acme-dates' } });
    const before = Date.now();
    const account = { secrets: { authToken: 'yet-another-token' } };
    const changed = await world.neighbours.call(UpdateCarrierAccount, { ...acme, id: 'acme-dates', account });
    const setAt = changed.ok ? changed.value.secretsSetAt?.['authToken'] : undefined;
    expect(Date.parse(setAt ?? '')).toBeGreaterThanOrEqual(before);
    expect(JSON.stringify(changed)).not.toContain('yet-another-token');
  });

  it('that are switched off take no webhooks from that moment on', async () => {
    const switchTo = (active: boolean) =>
      world.neighbours.call(UpdateCarrierAccount, { ...viewer, id: 'demo-simulator', account: { active } });
    expect(await switchTo(false)).toMatchObject({ ok: true });
    expect((await world.carrier.text()).status).toBe(404);
    expect(await switchTo(true)).toMatchObject({ ok: true });
    expect((await world.carrier.text()).status).toBe(204);
  });

  it('with texts that are in no conversation yet are not removed', async () => {
    const text = aText();
    expect((await world.carrier.text(text)).status).toBe(204);
    const answer = await world.neighbours.call(RemoveCarrierAccount, { ...viewer, id: 'demo-simulator' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'IN_USE' } });
  });
});

describe('carriers', () => {
  it('are listed with what an account needs, and with which secrets can be changed in steps', async () => {
    const answer = await world.neighbours.call(ListCarriers, viewer);
    const carriers = answer.ok ? answer.value : [];
    expect(carriers.find(({ id }) => id === 'twilio')).toMatchObject({ name: 'Twilio', hasLog: true });
    const rotating = carriers.map(({ id, fields }) => [
      id,
      fields.filter(({ rotates }) => rotates).map(({ name }) => name),
    ]);
    expect(Object.fromEntries(rotating)).toMatchObject({
      twilio: ['authToken'],
      sinch: ['signingSecret', 'webhookSecret'],
      aws: [],
    });
  });

  it('without an adapter are tried out: what a mapping makes of a sample, or what is wrong with which of both', async () => {
    const mapping = JSON.stringify({
      from: 'sender',
      to: 'receiver',
      text: 'body',
      send: { url: 'https://api.example.com/send', fields: { to: '{to}', text: '{text}' }, id: 'id' },
    });
    const body = '{"sender":"+13105550142","receiver":"+12125550101","body":"Hi "}';
    const tried = (given: { mapping: string; body: string }) =>
      world.neighbours.call(TryMapping, { ...viewer, ...given });
    expect(await tried({ mapping, body })).toMatchObject({
      value: { ok: true, events: [{ kind: 'message', from: '+13105550142', text: 'Hi ' }] },
    });
    expect(await tried({ mapping: '{', body })).toMatchObject({ value: { ok: false, about: 'mapping' } });
    expect(await tried({ mapping, body: '{}' })).toMatchObject({ value: { ok: false, about: 'sample' } });
  });
});

describe('media', () => {
  async function pathOf(url: string, mediaId = 'md_1'): Promise<string> {
    const answer = await world.neighbours.call(SignMediaPath, {
      ...viewer,
      accountId: 'demo-simulator',
      mediaId,
      url,
    });
    if (!answer.ok) throw new Error(answer.error.message);
    return world.service.url + answer.value.path;
  }

  it('are fetched from the carrier once and served ever after, in parts where asked', async () => {
    asked = [];
    const path = await pathOf(`${origin}/cat.png`);
    for (const response of await Promise.all([fetch(path), fetch(path), fetch(path)])) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    }
    const kept = { _id: { $eq: 'md_1' as never }, state: 'kept' };
    expect(await world.database.collection('media').countDocuments(kept)).toBe(1);
    const part = await fetch(path, { headers: { range: 'bytes=1-3' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 1-3/${PNG.length}`);
    expect(await part.text()).toBe('PNG');
    expect((await fetch(path, { headers: { range: 'bytes=9999-' } })).status).toBe(416);
    expect(asked).toEqual(['/cat.png']);
  });

  it.each<[string, () => string, number]>([
    ['a page', () => `${origin}/page`, 415],
    ['an address inside', () => 'http://127.0.0.1:27017/', 415],
    ['a cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data', 415],
    ['what is not there yet', () => `${origin}/later.png`, 502],
  ])('that are %s are not served', async (_case, url, status) => {
    const response = await fetch(await pathOf(url(), 'md_2'));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('need a link that was signed here, for this very file', async () => {
    const path = new URL(await pathOf(`${origin}/cat.png`));
    expect((await fetch(`${world.service.url}/media/md_1`)).status).toBe(403);
    expect((await fetch(`${world.service.url}/media/md_2${path.search}`)).status).toBe(403);
    expect((await fetch(`${path.href}x`)).status).toBe(403);
  });
});
