import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListConversations, ListInboxes } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { DEMO_HISTORY } from '../src/application/seed/demo-history.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ PARTYLINE_DEMO: '1' });
}, 60_000);
afterAll(() => world.stop());

describe('the demo', () => {
  it('gets its past when everybody in it is known, in whatever order they come, once', async () => {
    const { bus } = world;
    await bus.inbox('demo', 'ring_group-sales', ['ada', 'ben', 'cleo']);
    for (const user of ['cleo', 'dev', 'ben']) await bus.user('demo', user, 'member');
    await bus.inbox('demo', 'member-cleo', ['cleo'], { kind: 'member' });
    await bus.inbox('demo', 'department-support', ['ada', 'ben', 'cleo', 'dev']);
    expect(await world.database.timeline.countDocuments()).toBe(0);
    await bus.user('demo', 'ada', 'admin');
    const steps = DEMO_HISTORY.reduce((sum, conversation) => sum + conversation.steps.length, 0);
    const deliveries = DEMO_HISTORY.flatMap(({ steps }) => steps).filter((step) => 'reply' in step).length;
    await eventually(async () =>
      expect(await world.database.seeds.findOne()).toMatchObject({ finished: true }),
    );
    expect(await world.database.timeline.countDocuments()).toBe(steps + deliveries);
    const viewer = { tenantId: 'demo', userId: 'ada', correlationId: newId('co') };
    const inboxes = await bus.call(ListInboxes, viewer);
    expect(inboxes).toMatchObject({ ok: true });
    const support = inboxes.ok ? inboxes.value.find(({ id }) => id === 'department-support') : undefined;
    expect(support?.counts).toEqual({
      unassigned: 2,
      unassignedUnread: 2,
      mine: 1,
      mineUnread: 1,
      others: 1,
      snoozed: 0,
    });
    const done = await bus.call(ListConversations, {
      ...viewer,
      inboxId: 'department-support',
      status: 'done',
      owner: 'any',
      limit: 10,
    });
    expect(done).toMatchObject({
      ok: true,
      value: { items: [{ contactName: 'Sam Okafor', lastOwner: { id: 'cleo' } }] },
    });
    await world.restart();
    await bus.user('demo', 'ada', 'admin');
    await eventually(
      async () => (await world.database.people.findOne({ userId: 'ada', revision: { $gt: 7 } })) !== null,
    );
    expect(await world.database.timeline.countDocuments()).toBe(steps + deliveries);
    // It is history: nobody is told of it, and above all nothing of it is sent.
    expect(bus.told).toEqual([]);
    expect(await world.database.timeline.countDocuments({ awaiting: { $exists: true } })).toBe(0);
  }, 60_000);
});
