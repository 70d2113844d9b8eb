import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  FindMissingTexts,
  InboundMessageReceived,
  ListCarrierLogins,
  TakeLoggedTexts,
  TraceReceipt,
  type LoggedTextBody,
} from '@partyline/contracts';
import { messageId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
}, 60_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

const logged = (id: string, change: Partial<LoggedTextBody> = {}): LoggedTextBody => ({
  providerMessageId: id,
  from: '+14155550123',
  to: '+12125550101',
  group: [],
  text: ' lost on its way ',
  media: [],
  segments: 1,
  sentAt: '2026-11-23T10:00:00.000Z',
  ...change,
});
const take = (texts: LoggedTextBody[], tenantId = 'demo') =>
  world.neighbours.call(TakeLoggedTexts, { tenantId, accountId: 'demo-twilio', texts });
const missing = (providerMessageIds: string[]) =>
  world.neighbours.call(FindMissingTexts, {
    tenantId: 'demo',
    carrier: 'twilio',
    accountIds: ['demo-twilio'],
    providerMessageIds,
  });
const published = async () =>
  (await world.neighbours.published()).map(({ envelope }) => InboundMessageReceived.parse(envelope).data);

it('a text from the carrier’s log goes the way of a webhook, and the webhook that comes after all is a duplicate', async () => {
  const id = 'SM00000000000000000000000000000001';
  expect(await take([logged(id)])).toEqual({ ok: true, value: { taken: 1 } });
  await eventually(async () =>
    expect(await published()).toMatchObject([
      {
        messageId: messageId('twilio', 'demo-twilio', id),
        text: ' lost on its way ',
        sentAt: '2026-11-23T10:00:00.000Z',
        segments: 1,
      },
    ]),
  );
  const response = await world.carrier.twilio({
    MessageSid: id,
    From: '+14155550123',
    To: '+12125550101',
    Body: ' lost on its way ',
  });
  expect(response.status).toBe(200);
  await take([logged(id)]);
  expect(await world.receipts({ providerMessageId: id })).toHaveLength(1);
  const trace = await world.neighbours.call(TraceReceipt, {
    tenantId: 'demo',
    userId: 'ada',
    correlationId: 'co_1',
    messageId: messageId('twilio', 'demo-twilio', id),
  });
  expect(trace).toMatchObject({ ok: true, value: { via: 'carrier_log' } });
});

it('tells which texts never came in', async () => {
  const id = 'SM00000000000000000000000000000002';
  await world.carrier.twilio({ MessageSid: id, From: '+14155550123', To: '+12125550101', Body: 'here' });
  // A status of a reply with that id is no text.
  await world.carrier.twilio({ MessageSid: 'SM3', MessageStatus: 'sent' });
  expect(await missing([id, 'SM3', 'SM4', 'SM4'])).toEqual({ ok: true, value: ['SM3', 'SM4'] });
});

it('takes nothing for another tenant', async () => {
  expect(await take([logged('SM5')], 'other')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await world.receipts({ providerMessageId: 'SM5' })).toEqual([]);
});

it('names each login at a carrier with a log once, however many accounts have it', async () => {
  const answer = await world.neighbours.call(ListCarrierLogins, {});
  expect(answer).toEqual({
    ok: true,
    value: [{ tenantId: 'demo', carrier: 'twilio', accountId: 'demo-twilio', sharedWith: [] }],
  });
  const accounts = world.database.collection<{ _id: string; createdAt?: Date }>('accounts');
  const { _id, ...account } = (await accounts.findOne({ _id: 'demo-twilio' })) ?? { _id: '' };
  await accounts.insertOne({ _id: `${_id}-two`, ...account });
  expect(await world.neighbours.call(ListCarrierLogins, {})).toMatchObject({
    value: [{ accountId: 'demo-twilio', sharedWith: ['demo-twilio-two'] }],
  });
  const [first, second] = [new Date('2026-11-01T00:00:00.000Z'), new Date('2026-11-02T00:00:00.000Z')];
  await accounts.updateOne({ _id: 'demo-twilio' }, { $set: { createdAt: second } });
  await accounts.updateOne({ _id: 'demo-twilio-two' }, { $set: { createdAt: first } });
  expect(await world.neighbours.call(ListCarrierLogins, {})).toMatchObject({
    value: [{ since: first.toISOString() }],
  });
});
