import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { OutgoingEvent } from '@partyline/bus';
import {
  DirectoryInboxChanged,
  GetConversation,
  GetCounts,
  ListInboxes,
  UserNotified,
  type LiveEvents,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { counts, cursorMoved, noteAdded, summary, view } from './support/conversations.js';
import type { LiveClient, LiveMessage } from './support/live-client.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
const listeners: LiveClient[] = [];
/** Which inboxes each user sees, as the inbox service would say. */
let sight: Record<string, string[]>;

beforeAll(async () => {
  world = await startWorld();
  world.script.answer(ListInboxes, ({ userId }) => (sight[userId] ?? []).map((id) => summary(id)));
  world.script.answer(GetCounts, ({ inboxIds = [] }) =>
    Object.fromEntries(inboxIds.map((id) => [id, counts])),
  );
});
afterAll(() => world.stop());
beforeEach(() => {
  sight = { ada: ['department-support', 'ring_group-sales'], ben: ['department-support'], dev: [] };
});
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

const publish = async (...events: OutgoingEvent[]): Promise<void> => {
  const outcomes = await world.services.inbox.publisher.publish(events);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
};

/** Opened and ready, so that whatever happens from now on has to arrive. */
async function listen(
  user: 'ada' | 'ben' | 'dev',
  options: { lastEventId?: string | undefined; url?: string } = {},
): Promise<LiveClient> {
  const client = await world.signedIn(user, options.url);
  const live = await eventually(async () => {
    const attempt = client.live(options.lastEventId);
    const { status } = await attempt.opened;
    if (status !== 200) throw new Error(`answered ${status}`);
    return attempt;
  });
  listeners.push(live);
  await live.has('ready');
  return live;
}

const seqs = (messages: readonly LiveMessage[]): number[] =>
  messages.map(({ data }) => (data as unknown as LiveEvents['conversation']).item.seq);
const range = (from: number, through: number): number[] =>
  Array.from({ length: through - from + 1 }, (_, index) => from + index);
const positionOf = (live: LiveClient): string => String(live.of('ready')[0]?.data.position);

const withText = (event: OutgoingEvent, text: string): OutgoingEvent => {
  const data = event.envelope.data as { event: object };
  const changed = { ...data, event: { ...data.event, text } };
  return { ...event, envelope: { ...event.envelope, data: changed } };
};

let nextSeq = 1;
const notes = (count: number, place: Parameters<typeof noteAdded>[1] = {}): OutgoingEvent[] =>
  range(nextSeq, (nextSeq += count) - 1).map((seq) => noteAdded(seq, place));

describe('live events', () => {
  it('are not for strangers, and come with headers that keep proxies from holding them back', async () => {
    expect((await world.client().live().opened).status).toBe(401);
    const live = await listen('ada');
    const { headers } = await live.opened;
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('cache-control')).toContain('no-cache');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(live.messages[0]?.event).toBe('ready');
  });

  it('show each viewer what they may see, and nothing else', async () => {
    const [ada, ben, dev] = await Promise.all([listen('ada'), listen('ben'), listen('dev')]);
    const first = nextSeq;
    await publish(
      ...notes(1),
      ...notes(1, { inboxId: 'ring_group-sales', conversationId: 'cv_sales' }),
      ...notes(1, { tenantId: 'other' }),
      ...notes(1),
    );
    expect(seqs(await ada.has('conversation', 3))).toEqual([first, first + 1, first + 3]);
    expect(seqs(await ben.has('conversation', 2))).toEqual([first, first + 3]);
    expect(dev.of('conversation')).toEqual([]);
    const [message] = ben.of('conversation');
    expect(message?.id).toMatch(/^\d+-\d+$/);
    expect(message?.data).toMatchObject({
      conversation: { id: 'cv_1', seq: first },
      item: { type: 'note.added' },
    });
  });

  it('bring the counts once per burst, of the inboxes that it touched', async () => {
    const ada = await listen('ada');
    const before = world.script.requests(GetCounts).length;
    await publish(...notes(50));
    await ada.has('conversation', 50);
    const [first] = await ada.has('counts');
    expect(first?.data).toEqual({ 'department-support': counts });
    expect(world.script.requests(GetCounts).length - before).toBeLessThan(10);
  });

  it('tell the reader’s other windows of the read cursor, a user of their notification, others of neither', async () => {
    const [one, two, ada] = await Promise.all([listen('ben'), listen('ben'), listen('ada')]);
    await publish(cursorMoved('ben', 7));
    const notification = {
      id: 'nf_1',
      userId: 'ben',
      kind: 'unassigned' as const,
      conversationId: 'cv_1',
      inboxId: 'department-support',
      title: 'New',
      body: 'hello',
      at: '2026-11-23T12:00:00.000Z',
    };
    await world.services.notify.publisher.publish([
      {
        subject: UserNotified.subject('demo', 'ben'),
        envelope: {
          id: 'ev_nf_1',
          type: UserNotified.type,
          version: UserNotified.version,
          occurredAt: notification.at,
          tenantId: 'demo',
          aggregateId: 'nf_1',
          actor: { kind: 'system', id: 'notify' },
          correlationId: 'co_test',
          data: notification,
        },
      },
    ]);
    for (const window of [one, two]) {
      expect((await window.has('cursor'))[0]?.data).toEqual({ conversationId: 'cv_1', cursor: 7 });
      expect((await window.has('notification'))[0]?.data).toEqual(notification);
    }
    expect([...ada.of('cursor'), ...ada.of('notification')]).toEqual([]);
  });

  it('show on every replica that a colleague types, to those who see it', async () => {
    const other = await world.startReplica();
    world.script.answer(GetConversation, () => view());
    const [ada, ben, dev] = await Promise.all([
      listen('ada', { url: other.url }),
      listen('ben'),
      listen('dev'),
    ]);
    const client = await world.signedIn('ben');
    await eventually(async () => {
      expect((await client.post('/conversations/cv_1/typing', { typing: true })).status).toBe(204);
      expect(ada.of('typing').length).toBeGreaterThan(0);
    });
    expect(ada.of('typing')[0]?.data).toEqual({
      conversationId: 'cv_1',
      user: { id: 'ben', name: 'Ben Ortiz' },
      typing: true,
    });
    expect([...ben.of('typing'), ...dev.of('typing')]).toEqual([]);
    await other.stop();
  });

  it('show colleagues who looks at a conversation, also one who comes later; nobody outside hears of it', async () => {
    world.script.answer(GetConversation, () => view());
    const [ada, dev] = await Promise.all([listen('ada'), listen('dev')]);
    const client = await world.signedIn('ben');
    await eventually(async () => {
      expect((await client.post('/conversations/cv_1/viewing', { viewing: true })).status).toBe(204);
      expect(ada.of('viewing').length).toBeGreaterThan(0);
    });
    const looks = { conversationId: 'cv_1', user: { id: 'ben', name: 'Ben Ortiz' } };
    expect(ada.of('viewing')[0]?.data).toEqual({ ...looks, viewing: true });
    const later = await listen('ada');
    await later.has('viewing');
    expect(later.of('viewing').map(({ data }) => data)).toEqual([{ ...looks, viewing: true }]);
    expect((await client.post('/conversations/cv_1/viewing', { viewing: false })).status).toBe(204);
    await eventually(() => expect(later.of('viewing').at(-1)?.data).toEqual({ ...looks, viewing: false }));
    const latest = await listen('ada');
    expect([...latest.of('viewing'), ...dev.of('viewing')]).toEqual([]);
  });
});

describe('a client that does not read', () => {
  it('is cut off before it fills our memory, and others do not notice', async () => {
    const client = await world.signedIn('ada');
    const ada = await listen('ada');
    const { hostname, port } = new URL(world.gateway.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `GET /api/v1/events HTTP/1.1\r\nhost: x\r\ncookie: ${client.cookieHeader('/api/v1/events')}\r\n\r\n`,
    );
    // The answer has begun, so the stream is attached; from here on nothing is read.
    await once(socket, 'data');
    socket.pause();
    const closed = once(socket, 'close');
    const large = 'x'.repeat(4_900);
    const count = 3_000;
    for (let sent = 0; sent < count; sent += 100) {
      await publish(...notes(100).map((event) => withText(event, large)));
    }
    await ada.has('conversation', count);
    // Reads what had left the server's buffer by then, and so comes to the end.
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    socket.on('error', () => undefined);
    socket.resume();
    await closed;
    expect(received).toBeLessThan(count * large.length);
    expect(ada.ended).toBe(false);
  });
});

describe('resuming', () => {
  it('gives exactly what was missed, once and in order, while more arrives', async () => {
    const ada = await listen('ada');
    const first = nextSeq;
    await publish(...notes(20));
    await ada.has('conversation', 20);
    const lastId = ada.lastId;
    ada.close();
    await publish(...notes(300), ...notes(5, { tenantId: 'other' }));
    const busy = publish(...notes(200));
    const back = await listen('ada', { lastEventId: lastId });
    await busy;
    await publish(...notes(10));
    const missed = [...range(first + 20, first + 319), ...range(first + 325, first + 534)];
    expect(seqs(await back.has('conversation', missed.length))).toEqual(missed);
    expect(back.of('reset')).toEqual([]);
  });

  it('goes on at another replica after the first was killed', async () => {
    const doomed = await world.startReplica();
    const ada = await listen('ada', { url: doomed.url });
    const first = nextSeq;
    await publish(...notes(5));
    await ada.has('conversation', 5);
    await doomed.kill();
    await eventually(() => ada.ended);
    await publish(...notes(5));
    const back = await listen('ada', { lastEventId: ada.lastId });
    await publish(...notes(5));
    expect(seqs(await back.has('conversation', 10))).toEqual(range(first + 5, first + 14));
  });

  it('starts behind the place that `ready` told, even when nothing was seen since', async () => {
    const ada = await listen('ada');
    ada.close();
    const first = nextSeq;
    await publish(...notes(3));
    const back = await listen('ada', { lastEventId: positionOf(ada) });
    expect(seqs(await back.has('conversation', 3))).toEqual(range(first, first + 2));
  });

  it('shows nothing of the gap that is not for the viewer', async () => {
    const ben = await listen('ben');
    ben.close();
    const first = nextSeq;
    await publish(...notes(1, { inboxId: 'ring_group-sales' }), ...notes(1));
    const back = await listen('ben', { lastEventId: positionOf(ben) });
    expect(seqs(await back.has('conversation', 1))).toEqual([first + 1]);
  });

  it.each([
    ['another creation of the stream', '1-5'],
    ['a place that is yet to come', 'future'],
    ['what was never an id', 'nonsense'],
  ])('says reset for %s, and goes on live', async (_label, given) => {
    const [creation] = positionOf(await listen('ada')).split('-');
    const back = await listen('ada', { lastEventId: given === 'future' ? `${creation}-99999999` : given });
    const [reset] = await back.has('reset');
    expect(reset?.data.position).toBe(positionOf(back));
    const first = nextSeq;
    await publish(...notes(1));
    expect(seqs(await back.has('conversation', 1))).toEqual([first]);
  });
});

describe('who sees what', () => {
  const inboxChanged = (memberIds: string[], revision: number): OutgoingEvent => ({
    subject: DirectoryInboxChanged.subject('demo'),
    envelope: {
      id: `ev_inbox_${revision}`,
      type: DirectoryInboxChanged.type,
      version: DirectoryInboxChanged.version,
      occurredAt: '2026-11-23T12:00:00.000Z',
      tenantId: 'demo',
      aggregateId: 'department-support',
      actor: { kind: 'user', id: 'ada' },
      correlationId: 'co_test',
      data: {
        revision,
        removed: false,
        inbox: {
          id: 'department-support',
          name: 'Support',
          kind: 'shared',
          source: { kind: 'department', id: 'support' },
          memberIds,
          reopenTo: 'unassigned',
          alertAfterMinutes: 15,
          active: true,
        },
      },
    },
  });

  it('changes in open streams when the members of an inbox change', async () => {
    const [ben, dev] = await Promise.all([listen('ben'), listen('dev')]);
    sight = { ...sight, ben: [], dev: ['department-support'] };
    await world.services.routing.publisher.publish([inboxChanged(['dev'], 2)]);
    await Promise.all([ben.has('directory'), dev.has('directory')]);
    const first = nextSeq;
    await publish(...notes(2));
    expect(seqs(await dev.has('conversation', 2))).toEqual([first, first + 1]);
    expect(ben.of('conversation')).toEqual([]);
  });

  it('keeps to the newest word on who is in an inbox while the inbox service still says what was', async () => {
    sight = { ...sight, ben: ['department-support'], dev: [] };
    const [ben, dev] = await Promise.all([listen('ben'), listen('dev')]);
    await world.services.routing.publisher.publish([inboxChanged(['dev'], 4)]);
    await Promise.all([ben.has('directory'), dev.has('directory')]);
    // An older revision that comes late, and looks that are answered from before the change, undo nothing.
    await world.services.routing.publisher.publish([inboxChanged(['ben'], 3)]);
    const looks = world.script.requests(ListInboxes).length;
    await eventually(() => world.script.requests(ListInboxes).length >= looks + 4);
    const first = nextSeq;
    await publish(...notes(2));
    expect(seqs(await dev.has('conversation', 2))).toEqual([first, first + 1]);
    expect(ben.of('conversation')).toEqual([]);
    await world.services.routing.publisher.publish([inboxChanged(['ada', 'ben'], 5)]);
    await ben.has('directory', 2);
  });

  it('shows nothing more to whoever loses the permission to view, and goes on when they have it again', async () => {
    const [ada, ben] = await Promise.all([world.signedIn('ada'), listen('ben')]);
    const role = await ada.post('/admin/roles', { name: 'Watcher', permissions: ['view'] });
    const roleId = String(role.body.id);
    await ada.send('PATCH', '/admin/users/ben', { roleId });
    await ben.has('directory');
    await publish(...notes(1));
    await ben.has('conversation', 1);
    await ada.send('PATCH', `/admin/roles/${roleId}`, { permissions: ['note'] });
    await ben.has('directory', 2);
    const hidden = nextSeq;
    await publish(...notes(1));
    await ada.send('PATCH', `/admin/roles/${roleId}`, { permissions: ['view', 'note'] });
    await ben.has('directory', 3);
    // One change may be told of twice, so that count alone does not say that this one was.
    await eventually(async () => {
      await publish(...notes(1));
      return ben.of('conversation').length > 1;
    });
    expect(seqs(ben.of('conversation'))).not.toContain(hidden);
    await ada.send('PATCH', '/admin/users/ben', { roleId: 'member' });
  });

  it('ends the streams of a user who is disabled', async () => {
    const ben = await listen('ben');
    const ada = await world.signedIn('ada');
    expect((await ada.send('PATCH', '/admin/users/ben', { active: false })).status).toBe(200);
    await eventually(() => ben.ended);
    expect((await world.client().signIn('ben@example.com', 'partyline')).status).toBe(401);
    expect((await ada.send('PATCH', '/admin/users/ben', { active: true })).status).toBe(200);
    expect((await world.client().signIn('ben@example.com', 'partyline')).status).toBe(200);
  });
});

describe('a stream that was lost', () => {
  it('says reset to everybody, and goes on with the new one', async () => {
    const ada = await listen('ada');
    const old = positionOf(ada);
    await world.nats.restartEmpty();
    const [reset] = await eventually(() => ada.has('reset'), { timeoutMs: 20_000 });
    expect(reset?.data.position).not.toContain(old.split('-')[0]);
    const first = nextSeq;
    await eventually(async () => publish(...notes(1)));
    await ada.has('conversation', 1);
    expect(seqs(ada.of('conversation')).at(-1)).toBeGreaterThanOrEqual(first);
    const back = await listen('ada', { lastEventId: old });
    await back.has('reset');
  });
});
