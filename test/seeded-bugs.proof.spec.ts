import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Violation } from './support/checker.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { BugSwitch } from './support/seeded-bug.js';
import { SEEDED_BUGS, type Mistake } from './support/seeded-bugs.js';
import { World } from './support/world.js';

interface Case {
  /** The violation that it has to lead to. */
  readonly kind: string;
  /** The honest product may look so, too, until it has repaired it. */
  readonly passes?: true;
  /** What it takes to show; `tag` marks in the ledger whom it concerns. */
  readonly work: (tag: string) => Promise<unknown>;
  /** Done to the database before the service starts with the bug. */
  readonly prepare?: () => Promise<unknown>;
}

/** Longer than what a dead process had in hand takes to come again, and any sweep. */
const HONEST_REPAIR_MS = 25_000;

/**
 * The checker has to see what it is there to see: each mistake is put into the built code of one service, and what the
 * failpoint suite calls "no violation" must then be one. Without the mistakes the same work breaks nothing.
 */
describe('a mistake in the code makes the suite red', () => {
  const bugs = new BugSwitch();
  let world: World;

  const cases: Readonly<Record<Mistake, Case>> = {
    'a webhook is answered before it is stored': {
      kind: 'text lost',
      passes: true,
      work: async (tag) => {
        await world.office.textArrives(tag);
        await restart('ingest');
      },
    },
    'an event is acknowledged before it is handled': {
      kind: 'notification lost',
      passes: true,
      work: async (tag) => {
        world.failpoints.arm('notify.waits-observed');
        await dieOver('notify', () => world.office.textArrives(tag));
      },
    },
    'the epoch that somebody saw is not compared': {
      kind: 'stale command',
      work: (tag) => world.office.wholeLife(tag),
    },
    'an entry is published before it is written': {
      kind: 'phantom',
      work: async (tag) => {
        const { ben, cleo } = world.office.staff;
        const id = await arrived(tag);
        world.failpoints.arm('inbox.entries-appended');
        // Ben gives up; before anything is known of that, Cleo is quicker.
        await dieOver('inbox', () => tryOnce(ben, id));
        await world.office.command(cleo, id, 'assign');
      },
    },
    'the carrier is asked before the claim is written': {
      kind: 'sent twice',
      work: async (tag) => {
        const customer = world.office.newCustomer(tag);
        // A status would settle the text, and spare it the second sending.
        world.carrier.tellNothingOf(({ to }) => to === customer);
        world.failpoints.arm('delivery.carrier-answered');
        await dieOver('delivery', () => world.office.answers(customer));
      },
    },
    'a text whose outcome is unknown is sent again': {
      kind: 'sent twice',
      work: async (tag) => {
        const customer = world.office.newCustomer(tag);
        world.carrier.hangOn(({ to }) => to === customer);
        await world.office.answers(customer);
      },
    },
    'lists are not repaired from the log': {
      kind: 'list behind',
      passes: true,
      work: async (tag) => {
        world.failpoints.arm('inbox.entries-appended');
        await dieOver('inbox', () => world.office.textArrives(tag));
      },
    },
    'the unique index of the log is missing': {
      kind: 'two owners',
      prepare: () =>
        world.databases.of('inbox').collection('timeline').dropIndex('tenantId_1_conversationId_1_seq_1'),
      work: async (tag) => {
        for (let round = 0; round < 5; round += 1) await world.office.race(await arrived(tag));
      },
    },
  };

  beforeAll(async () => {
    world = await World.start(bugs.env);
  }, 300_000);
  afterAll(async () => {
    bugs.remove();
    await world?.stop();
  }, 60_000);

  it('and without any of them the same work breaks no promise', async () => {
    for (const [mistake, { work }] of Object.entries(cases)) await work(`without: ${mistake}`);
    expect(await world.lastingViolations()).toEqual([]);
  }, 300_000);

  it.each(Object.entries(cases).map(([mistake, one]) => [mistake as Mistake, one.kind, one] as const))(
    '%s: %s',
    async (mistake, kind, { work, prepare, passes }) => {
      const bug = SEEDED_BUGS[mistake];
      await prepare?.();
      bugs.on(bug);
      await restart(bug.service);
      await work(mistake);
      const broken = passes ? await lasting(mistake) : await firstSeen(mistake, kind);
      bugs.off();
      // A database that was spoilt for it refuses the honest service, rightly: that case has to be the last.
      if (!prepare) await restart(bug.service);
      expect(broken).toContain(kind);
    },
    180_000,
  );

  const kindsOf = (all: readonly Violation[], tag: string) =>
    all.filter((one) => one.tag === tag).map(({ kind }) => kind);

  const lasting = async (tag: string) => kindsOf(await world.lastingViolations(HONEST_REPAIR_MS), tag);

  const firstSeen = (tag: string, kind: string) =>
    eventually(
      `"${kind}"`,
      async () => {
        const kinds = kindsOf(await world.violations(), tag);
        return kinds.includes(kind) && kinds;
      },
      HONEST_REPAIR_MS,
    );

  async function restart(service: string): Promise<void> {
    await world.isBack(service, world.partyline.kill(service));
    await world.databases.expireLeases(service);
  }

  /** Until the work is done and the service that died over it is back. */
  async function dieOver(service: string, work: () => Promise<unknown>): Promise<void> {
    const before = world.partyline.pidOf(service);
    await work();
    await world.isBack(service, before);
    await world.databases.expireLeases(service);
  }

  async function arrived(tag: string): Promise<string> {
    const customer = world.office.newCustomer(tag);
    await world.office.text(customer);
    const id = world.office.conversationOf(customer);
    await world.office.visible(world.office.staff.ben, id);
    await eventually('the text to be shown live', () =>
      [...world.watcher.items.values()].some(({ conversation }) => conversation.id === id),
    );
    return id;
  }

  const tryOnce = (person: Person, id: string) => person.command(id, 'assign').catch(() => undefined);
});
