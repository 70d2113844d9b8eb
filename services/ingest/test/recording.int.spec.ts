import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CreateCarrierAccount,
  EraseReceipts,
  GetRecordedRequest,
  GetRecording,
  RemoveCarrierAccount,
  StartRecording,
  StopRecording,
  UpdateCarrierAccount,
  type AccountRecording,
  type RecordedRequestDetail,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

let world: World;
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_1' };
const SECRET = 'hook/secret+1';
const account = {
  carrier: 'generic',
  name: 'New carrier',
  settings: {},
  active: false,
  secrets: { webhookSecret: SECRET },
};
const MAPPING = JSON.stringify({
  id: 'id',
  from: 'sender',
  to: 'receiver',
  text: 'words',
  send: { url: 'https://api.example.com/send', fields: { text: '{text}' }, id: 'id' },
});

beforeAll(async () => {
  world = await World.start();
}, 60_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

function valueOf<V>(answer: { ok: true; value: V } | { ok: false; error: { message: string } }): V {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const anAccount = async (id: string, over: object = {}) =>
  valueOf(
    await world.neighbours.call(CreateCarrierAccount, { ...viewer, account: { ...account, id, ...over } }),
  );
const start = async (accountId: string, limits: object = {}) =>
  valueOf(
    await world.neighbours.call(StartRecording, {
      ...viewer,
      accountId,
      minutes: 60,
      requests: 100,
      ...limits,
    }),
  );
const show = async (accountId: string) =>
  valueOf(await world.neighbours.call(GetRecording, { ...viewer, accountId }));
const kept = (accountId: string, count: number): Promise<AccountRecording> =>
  eventually(async () => {
    const recording = await show(accountId);
    expect(recording.requests).toHaveLength(count);
    return recording;
  });
const detail = async (accountId: string, index = 0): Promise<RecordedRequestDetail> => {
  const requestId = (await show(accountId)).requests[index]?.id ?? '';
  return valueOf(await world.neighbours.call(GetRecordedRequest, { ...viewer, accountId, requestId }));
};
const post = (accountId: string, body: string, query = '', headers: Record<string, string> = {}) =>
  fetch(`${world.service.url}/hooks/generic/${accountId}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const stored = async () =>
  JSON.stringify(await world.database.collection('recordedWebhooks').find().toArray());

describe('recording what arrives', () => {
  it('shows what a new carrier sends to an account that is off and has no mapping yet', async () => {
    await anAccount('new');
    await start('new');
    const answered = await post(
      'new',
      `{"sender":"+14155550123","token":"t0k"}`,
      `?token=${encodeURIComponent(SECRET)}`,
      {
        authorization: `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`,
        'x-note': `it is ${SECRET}`,
      },
    );
    expect(answered.status).toBe(404);
    const { recording, requests } = await kept('new', 1);
    expect(recording).toMatchObject({ on: true, kept: 1, startedBy: 'ada' });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/hooks/generic/new',
      query: 'token=[redacted]',
      status: 404,
      outcome: 'unknown_account',
      why: expect.stringContaining('settings.mapping is missing'),
    });
    expect(await detail('new')).toMatchObject({
      body: '{"sender":"+14155550123","token":"[redacted]"}',
      encoding: 'text',
      headers: { authorization: 'Basic [redacted]', 'x-note': 'it is [redacted]' },
      answer: { contentType: 'application/problem+json' },
    });
    expect(await stored()).not.toMatch(/hook\/secret|hook%2Fsecret|t0k|bWU6/);
  });

  it('does not let an account with something missing be turned on', async () => {
    await anAccount('unfinished');
    const turn = (change: object) =>
      world.neighbours.call(UpdateCarrierAccount, { ...viewer, id: 'unfinished', account: change });
    expect(await turn({ active: true })).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
    expect(await turn({ settings: { mapping: '{' } })).toMatchObject({ ok: true });
    expect(await turn({ active: true })).toMatchObject({ ok: false });
    expect(await turn({ settings: { mapping: MAPPING } })).toMatchObject({ ok: true });
    expect(await turn({ active: true })).toMatchObject({ ok: true, value: { active: true } });
    expect(await turn({ settings: {} })).toMatchObject({ ok: false });
  });

  it('keeps what is taken, what comes again, what is refused and what is too large', async () => {
    await anAccount('mapped', { active: true, settings: { mapping: MAPPING } });
    await start('mapped');
    const token = `?token=${encodeURIComponent(SECRET)}`;
    const text = '{"id":"m1","sender":"+14155550123","receiver":"+12125550101","words":"hi"}';
    for (const [body, query] of [
      [text, token],
      [text, token],
      [text, '?token=wrong'],
      ['{"id":"m2"}', token],
      ['x'.repeat(1_100_000), token],
    ] as const)
      await post('mapped', body, query);
    const { requests } = await kept('mapped', 5);
    expect(requests.map(({ outcome, status }) => `${outcome} ${status}`).toReversed()).toEqual([
      'accepted 200',
      'accepted 200',
      'bad_signature 403',
      'malformed 400',
      'too_large 413',
    ]);
    expect(await detail('mapped', 4)).toMatchObject({
      why: null,
      events: [{ kind: 'message', from: '+14155550123', to: '+12125550101', text: 'hi' }],
    });
    expect(requests[1]?.why).toContain('sender');
  });

  it('ends by itself when it has kept as many as it should, or somebody ends it', async () => {
    await anAccount('few');
    await start('few', { requests: 2 });
    for (const one of ['1', '2', '3']) await post('few', one);
    await kept('few', 2);
    expect((await show('few')).recording).toMatchObject({ on: false, kept: 2 });
    const again = await start('few');
    expect(again).toMatchObject({ recording: { on: true, kept: 0 }, requests: [] });
    valueOf(await world.neighbours.call(StopRecording, { ...viewer, accountId: 'few' }));
    await post('few', '4');
    await start('new');
    await post('new', 'after it');
    await kept('new', 1);
    expect(await show('few')).toMatchObject({ recording: { on: false }, requests: [] });
  });

  it('is erased with the person who wrote, and with the account', async () => {
    await start('demo-simulator');
    await world.carrier.text(aText({ id: 'gone', from: '+14155550177' }));
    await world.carrier.text(aText({ id: 'stays', from: '+14155550188' }));
    await world.carrier.text(aText({ from: '+14155550177' }), { secret: 'stolen' });
    await kept('demo-simulator', 3);
    await world.neighbours.call(EraseReceipts, {
      tenantId: 'other',
      messageIds: [],
      peers: ['+14155550177'],
    });
    await kept('demo-simulator', 3);
    await world.neighbours.call(EraseReceipts, { tenantId: 'demo', messageIds: [], peers: ['+14155550177'] });
    const { requests } = await kept('demo-simulator', 1);
    expect(requests[0]?.outcome).toBe('accepted');

    valueOf(await world.neighbours.call(RemoveCarrierAccount, { ...viewer, id: 'few' }));
    await start('new');
    await post('new', 'x');
    await kept('new', 1);
    valueOf(await world.neighbours.call(RemoveCarrierAccount, { ...viewer, id: 'new' }));
    expect(await stored()).not.toContain('"accountId":"new"');
  });

  it('is nobody else’s', async () => {
    const other = { ...viewer, tenantId: 'other', accountId: 'demo-simulator' };
    const { requests } = await show('demo-simulator');
    for (const answer of [
      await world.neighbours.call(StartRecording, { ...other, minutes: 1, requests: 1 }),
      await world.neighbours.call(StopRecording, other),
      await world.neighbours.call(GetRecording, other),
      await world.neighbours.call(GetRecordedRequest, { ...other, requestId: requests[0]?.id ?? '' }),
    ])
      expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});
