import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CreateDirectoryRecord,
  DirectoryInboxChanged,
  DirectoryNumberChanged,
  ExplainRoute,
  KnownNumbers,
  InboundMessageReceived,
  ListDirectory,
  MessageRouted,
  RemoveDirectoryRecord,
  UpdateDirectoryRecord,
  UserChanged,
  type DirectoryKind,
  type Envelope,
  type InboundMessage,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import {
  eventOf,
  eventually,
  freshDbPrefix,
  mongoUrl,
  Neighbour,
  startNats,
  startService,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ChangeDirectory } from '../src/application/change-directory.js';

const DEMO = 'demo';
const viewer = { tenantId: DEMO, userId: 'ada', correlationId: 'co_test' };

let nats: TestNats;
let env: Record<string, string>;
let routing: RunningService;
let twin: RunningService;
let ingest: Neighbour;
let gateway: Neighbour;
let routed: Envelope<{ message: InboundMessage; route: { inboxId: string; autoReply: string | null } }>[];
let inboxes: Envelope<{ revision: number; inbox: { id: string; memberIds: string[]; active: boolean } }>[];
let numbers: Envelope<{
  revision: number;
  removed: boolean;
  number: { id: string };
  inboxId: string | null;
}>[];

const load = async () => (await import('../src/app.module.js')).AppModule;

beforeAll(async () => {
  nats = await startNats();
  env = {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.routing,
    PARTYLINE_DEMO: '1',
  };
  ingest = await Neighbour.start({ service: 'ingest', natsUrl: nats.urls.ingest, publishes: 'ingest' });
  gateway = await Neighbour.start({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
  routing = await startService(load, env);
  routed = gateway.follow('routing', MessageRouted);
  inboxes = gateway.follow('routing', DirectoryInboxChanged);
  numbers = gateway.follow('routing', DirectoryNumberChanged);
  await gateway.publish(...['ada', 'ben', 'cleo', 'dev'].map((id) => user(id)));
}, 120_000);

afterAll(async () => {
  await routing?.stop();
  await twin?.stop();
  await ingest?.stop();
  await gateway?.stop();
  await nats?.stop();
});

function user(userId: string, over: { active?: boolean; revision?: number } = {}) {
  return eventOf(UserChanged, DEMO, {
    revision: 1,
    userId,
    name: `${userId} the user`,
    email: `${userId}@example.com`,
    roleId: userId === 'ada' ? 'admin' : 'member',
    permissions: userId === 'ada' ? ['view', 'manageInboxes'] : ['view'],
    active: true,
    availability: 'available',
    ...over,
  });
}

function text(to: string, words: string, over: Partial<InboundMessage> = {}) {
  return eventOf(InboundMessageReceived, DEMO, {
    receiptId: newId('rc'),
    messageId: newId('ms'),
    carrier: 'simulator',
    accountId: 'demo-simulator',
    providerMessageId: newId('SM'),
    from: '+14155550100',
    to,
    group: [],
    text: words,
    media: [],
    receivedAt: new Date().toISOString(),
    ...over,
  });
}

/** The decisions about these texts, in the order of the stream. */
async function decided(events: ReturnType<typeof text>[]) {
  const ids = new Set(events.map(({ envelope }) => envelope.id));
  const found = () => routed.filter(({ causationId }) => causationId !== undefined && ids.has(causationId));
  await eventually(() => found().length >= events.length);
  return found();
}
const send = async (...events: ReturnType<typeof text>[]) => {
  await ingest.publish(...events);
  return decided(events);
};
/** The newest that was told of an inbox. */
const told = (id: string) => inboxes.filter(({ data }) => data.inbox.id === id).at(-1)?.data;

describe('routing on real servers', () => {
  it('routes texts to the numbers of the demo, in their order', async () => {
    const found = await send(
      text('+12125550101', 'one'),
      text('+12125550102', 'two'),
      text('+12125550103', 'three'),
      text('+12125550104', 'four'),
      text('+19995550000', 'five'),
    );
    expect(found.map(({ data }) => `${data.message.text} ${data.route.inboxId}`)).toEqual([
      'one department-support',
      'two ring_group-sales',
      'three welcome_menu-main',
      'four member-cleo',
      'five unrouted',
    ]);
    expect(found[0]?.correlationId).toBeDefined();
  });

  it('tells of the inboxes of the demo, with the Admins as the members of Unrouted', async () => {
    await eventually(() => expect(told('unrouted')?.inbox.memberIds).toEqual(['ada']));
    await eventually(() => expect(told('member-cleo')?.inbox.memberIds).toEqual(['cleo']));
    expect(told('ring_group-sales')?.inbox.memberIds).toEqual(['ada', 'ben', 'cleo']);
    expect(numbers.find(({ data }) => data.number.id === '+12125550103')?.data.inboxId).toBe(
      'welcome_menu-main',
    );
  });

  it('leads a dialogue with the welcome menu, the same for a text that comes again', async () => {
    const from = '+14155550199';
    const hello = text('+12125550103', 'hi', { from });
    const choice = text('+12125550103', '1', { from });
    const [greeted, chose] = await send(hello, choice);
    expect(greeted?.data.route).toMatchObject({
      inboxId: 'welcome_menu-main',
      autoReply: expect.stringContaining('Reply 1'),
    });
    expect(chose?.data.route).toMatchObject({
      inboxId: 'ring_group-sales',
      leavesInboxId: 'welcome_menu-main',
    });
    const again = (event: typeof hello) => ({ ...event, envelope: { ...event.envelope, id: newId('ev') } });
    const [greetedAgain, choseAgain] = await send(again(hello), again(choice));
    expect(greetedAgain?.data.route).toEqual(greeted?.data.route);
    expect(choseAgain?.data.route).toEqual(chose?.data.route);
    const [later] = await send(text('+12125550103', 'thanks', { from }));
    expect(later?.data.route).toMatchObject({
      inboxId: 'ring_group-sales',
      leavesInboxId: null,
      autoReply: null,
    });
  });

  it('tells delivery which numbers are the tenant’s', async () => {
    const numbers = ['+12125550103', '+12125559999', '+12125550103', '12345'];
    const answer = (tenantId: string) => gateway.call(KnownNumbers, { tenantId, numbers });
    expect(await answer(viewer.tenantId)).toEqual({ ok: true, value: ['+12125550103'] });
    expect(await answer('other')).toEqual({ ok: true, value: [] });
  });

  it('explains a route and changes nothing', async () => {
    const database = routing.app.get<Connection>(getConnectionToken()).db;
    const before = await database?.collection('menuSessions').find().sort({ _id: 1 }).toArray();
    const answer = await gateway.call(ExplainRoute, {
      ...viewer,
      to: '+1 (212) 555-0103',
      from: '+14155550101',
      text: '2',
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { inboxId: 'department-support', leavesInboxId: 'welcome_menu-main' },
    });
    expect(answer.ok && answer.value.trace.map(({ step }) => step)).toEqual([
      'number',
      'welcome_menu',
      'department',
      'inbox',
    ]);
    expect(await database?.collection('menuSessions').find().sort({ _id: 1 }).toArray()).toEqual(before);
  });
});

describe("the Admin's records", () => {
  const create = (kind: DirectoryKind, record: Record<string, unknown>) =>
    gateway.call(CreateDirectoryRecord, { ...viewer, kind, record });

  it('are refused with the field that is wrong', async () => {
    await eventually(() => expect(told('unrouted')?.inbox.memberIds).toEqual(['ada']));
    expect(await create('departments', { name: 'X', memberIds: ['ada', 'zoe'] })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', issues: [{ path: 'memberIds.1' }] },
    });
    expect(
      await gateway.call(RemoveDirectoryRecord, { ...viewer, kind: 'departments', id: 'support' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'IN_USE', message: expect.stringContaining('+12125550101') },
    });
  });

  it('take effect at once: a new department with a number gets texts, its inbox is told of, and goes out of use', async () => {
    const made = await create('departments', { name: 'Billing', memberIds: ['ben'] });
    if (!made.ok) throw new Error(made.error.message);
    const id = String(made.value['id']);
    const number = { id: '+12125550150', carrier: 'simulator', carrierAccountId: 'demo-simulator' };
    const numbered = await create('numbers', { ...number, destination: { kind: 'department', id } });
    expect(numbered).toMatchObject({ ok: true, value: { inboxId: `department-${id}`, revision: 1 } });
    const again = await create('numbers', { ...number, destination: { kind: 'department', id } });
    expect(again).toEqual(numbered);
    expect(await create('numbers', { ...number, destination: null })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', issues: [{ path: 'id' }] },
    });
    await eventually(() =>
      expect(told(`department-${id}`)?.inbox).toMatchObject({ memberIds: ['ben'], active: true }),
    );
    const [found] = await send(text('+12125550150', 'the bill'));
    expect(found?.data.route.inboxId).toBe(`department-${id}`);

    const change = { ...viewer, kind: 'departments' as const, id };
    const renamed = await gateway.call(UpdateDirectoryRecord, {
      ...change,
      record: { name: 'Bills', revision: 1 },
    });
    expect(renamed).toMatchObject({ ok: true, value: { name: 'Bills', revision: 2, memberIds: ['ben'] } });
    const stale = await gateway.call(UpdateDirectoryRecord, {
      ...change,
      record: { name: 'Mine', revision: 1 },
    });
    expect(stale).toMatchObject({ ok: false, error: { code: 'STALE' } });

    expect(
      await gateway.call(RemoveDirectoryRecord, { ...viewer, kind: 'numbers', id: number.id }),
    ).toMatchObject({ ok: true });
    expect(await gateway.call(RemoveDirectoryRecord, change)).toMatchObject({ ok: true });
    await eventually(() => expect(told(`department-${id}`)?.inbox.active).toBe(false));
    await eventually(() =>
      expect(numbers.filter(({ data }) => data.number.id === number.id).at(-1)?.data.removed).toBe(true),
    );
    const listed = await gateway.call(ListDirectory, { ...viewer, kind: 'departments' });
    expect(listed.ok && listed.value.map((record) => record['id'])).toEqual(['support']);
  });

  it('of another tenant are not there', async () => {
    const listed = await gateway.call(ListDirectory, { ...viewer, tenantId: 'other', kind: 'numbers' });
    expect(listed).toEqual({ ok: true, value: [] });
  });
});

describe('two replicas', () => {
  beforeAll(async () => {
    twin = await startService(load, env);
  }, 60_000);

  it('greets one customer once, whichever replica gets the texts', async () => {
    const from = '+14155550177';
    const found = await send(...Array.from({ length: 20 }, () => text('+12125550103', 'hello', { from })));
    expect(found.filter(({ data }) => data.route.autoReply !== null)).toHaveLength(1);
  });

  it('know of a change within moments, whichever of them made it', async () => {
    const changed = await twin.app
      .get(ChangeDirectory)
      .execute(DEMO, { type: 'update', kind: 'welcome-menus', id: 'main', record: { greeting: 'Good day' } });
    expect(changed.ok).toBe(true);
    const replicas = [routing, twin];
    const { Directories } = await import('../src/application/directories.js');
    await eventually(async () => {
      for (const { app } of replicas) {
        const { directory } = await app.get(Directories).get(DEMO);
        expect(directory['welcome-menus'].get('main')?.greeting).toBe('Good day');
      }
    });
  });

  it('let one of two Admins win who change the same record at once', async () => {
    const { Directories } = await import('../src/application/directories.js');
    const { revisions } = await twin.app.get(Directories).get(DEMO);
    const revision = revisions.get('welcome-menus/main');
    const change = (app: RunningService, greeting: string) =>
      app.app
        .get(ChangeDirectory)
        .execute(DEMO, { type: 'update', kind: 'welcome-menus', id: 'main', record: { greeting, revision } });
    const outcomes = await Promise.all([
      change(routing, 'A'),
      change(twin, 'B'),
      change(routing, 'C'),
      change(twin, 'D'),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]))).toEqual([
      'STALE',
      'STALE',
      'STALE',
    ]);
  });
});

describe('a service that lost its database', () => {
  it('is told everything again when an operator asks for it, as often as they ask', async () => {
    const db = routing.app
      .get<Connection>(getConnectionToken())
      .getClient()
      .db(`${env.MONGODB_DB_PREFIX}_routing`);
    const heard = () => ({
      support: inboxes.filter(({ data }) => data.inbox.id === 'department-support').length,
      number: numbers.filter(({ data }) => data.number.id === '+12125550104').length,
    });
    for (const asked of [new Date(1), new Date(2)]) {
      const before = heard();
      await db
        .collection<{ _id: string }>('occasions')
        .updateOne({ _id: 'tell-again' }, { $set: { asked } }, { upsert: true });
      await eventually(
        () => {
          expect(heard().support).toBeGreaterThan(before.support);
          expect(heard().number).toBeGreaterThan(before.number);
        },
        { timeoutMs: 30_000 },
      );
    }
  }, 90_000);
});

describe('after every stream was lost', () => {
  it('tells everything again and goes on routing', async () => {
    await nats.restartEmpty();
    await eventually(
      () => {
        expect(told('department-support')?.inbox.active).toBe(true);
        expect(told('unrouted')?.inbox.memberIds).toEqual(['ada']);
        expect(numbers.map(({ data }) => data.number.id)).toContain('+12125550104');
      },
      { timeoutMs: 30_000 },
    );
    const [found] = await send(text('+12125550101', 'still there?'));
    expect(found?.data.route.inboxId).toBe('department-support');
  }, 60_000);
});
