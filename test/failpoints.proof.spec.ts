import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAILPOINTS, type Failpoint } from '@partyline/kernel';
import type { TestSmsc } from '@partyline/testing';
import { fileURLToPath } from 'node:url';
import type { Violation } from './support/checker.js';
import { DELIVERY } from './support/deaths/delivery.js';
import { GATEWAY } from './support/deaths/gateway.js';
import { INBOX } from './support/deaths/inbox.js';
import { INGEST } from './support/deaths/ingest.js';
import { Lane } from './support/deaths/lane.js';
import { NOTIFY } from './support/deaths/notify.js';
import { ROUTING } from './support/deaths/routing.js';
import { ONLY, tagOf, type Scenario } from './support/deaths/scenario.js';
import { Scene } from './support/deaths/scene.js';
import { STANDSTILL } from './support/deaths/standstill.js';
import { eventually } from './support/eventually.js';
import { SmppCarrier } from './support/smpp-carrier.js';
import { World } from './support/world.js';

/** Hit while everything starts for the first time. */
const AT_START: readonly Failpoint[] = [
  'gateway.tenant-made',
  'gateway.users-reopened',
  'routing.directory-reopened',
  'bus.stream-made',
  'bus.stream-told',
];

/** By service, in this order, each service at its own pace; all of them at the same time. */
const DEATHS: Readonly<Record<string, readonly Scenario[]>> = {
  ingest: INGEST,
  routing: ROUTING,
  inbox: INBOX,
  delivery: DELIVERY,
  notify: NOTIFY,
  gateway: GATEWAY,
};
const ALL = [...Object.values(DEATHS).flat(), ...STANDSTILL];

const PRELOAD = fileURLToPath(new URL('preload/push-service.mjs', import.meta.url));

describe('kill -9 between any two durable effects', () => {
  let world: World;
  let smsc: TestSmsc;
  let started: readonly string[] = [];
  let found: Violation[] = [];
  const lanes: Lane[] = [];

  beforeAll(async () => {
    smsc = await SmppCarrier.startSmsc();
    world = await World.start(
      { NODE_OPTIONS: `--import=${PRELOAD}` },
      (failpoints) => {
        for (const name of AT_START) failpoints.arm(name);
      },
      [SmppCarrier.originOf(smsc)],
    );
    started = world.failpoints.fired;
    const scene = await Scene.open(world, smsc);
    const run = (service: string, scenarios: readonly Scenario[]): Promise<void> => {
      const lane = new Lane(scene, service);
      lanes.push(lane);
      return lane.run(scenarios);
    };
    await Promise.all(Object.entries(DEATHS).map(([service, scenarios]) => run(service, scenarios)));
    const { backOffice } = scene;
    const before = [...(await world.lastingViolations()), ...(await backOffice.unsentWebhooks())];
    await run('inbox', STANDSTILL);
    const after = await world.lastingViolations();
    found = [
      ...scene.found,
      ...backOffice.found,
      ...before,
      ...after,
      ...lanes.flatMap(({ stuck }) => stuck),
    ];
  }, 1_500_000);
  afterAll(async () => {
    await world?.stop();
    await smsc?.kill();
  }, 60_000);

  it.each(ALL.map((scenario) => [tagOf(scenario)]))('keeps every promise: %s', (tag) => {
    expect(lanes.some(({ fired }) => fired.has(tag))).toBe(true);
    expect(found.filter((one) => one.tag === tag)).toEqual([]);
  });

  it('dies while it starts for the first time, and starts', () => {
    expect(started).toEqual(expect.arrayContaining([...AT_START]));
  });

  it('breaks no promise that belongs to nobody in particular', () => {
    expect(found.filter(({ tag }) => tag === '')).toEqual([]);
  });

  it('has died at every failpoint that there is', () => {
    const wanted = ONLY === undefined ? Object.keys(FAILPOINTS) : [...AT_START, ...ONLY];
    expect([...new Set([...ALL.map(({ at }) => at), ...AT_START])].sort()).toEqual(wanted.sort());
  });

  it('rings a phone at least once for each notification of its owner', async () => {
    await eventually('the pushes', async () => {
      const mine = (await world.databases.notifications()).filter(({ userId }) => userId === 'ben');
      return world.carrier.pushes.length >= mine.length;
    });
  });
});
