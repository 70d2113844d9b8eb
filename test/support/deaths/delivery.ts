import { eventually } from '../eventually.js';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

export const DELIVERY: readonly Scenario[] = [
  ...deathsWhile('a reply goes out', ({ office }, tag) => office.isAnswered(tag), [
    'delivery.replies-taken',
    'delivery.attempts-stored',
    'delivery.attempt-claimed',
    'delivery.carrier-answered',
    'delivery.outcome-stored',
    'delivery.announcement-counted',
    'delivery.status-published',
    'delivery.carrier-status-applied',
    'delivery.carrier-status-announced',
    'delivery.status-landed',
  ]),
  ...deathsWhile(
    'a reply goes by SMPP',
    ({ smpp }, tag) => smpp.isAnswered(tag),
    ['delivery.attempt-claimed', 'carriers.text-submitted', 'delivery.outcome-stored'],
    15_000,
  ),
  ...deathsWhile(
    'a long reply goes by SMPP',
    ({ smpp }, tag) => smpp.isAnsweredAtLength(tag),
    ['carriers.part-submitted', 'delivery.carrier-answered'],
    15_000,
  ),
  ...deathsWhile(
    'a receipt comes by SMPP',
    ({ smpp }, tag) => smpp.isAnswered(tag),
    ['delivery.carrier-status-applied', 'delivery.carrier-status-announced'],
    15_000,
  ),
  ...deathsWhile('somebody says STOP', ({ office }, tag) => office.saysStop(tag), [
    'delivery.consents-recorded',
  ]),
  ...deathsWhile(
    'a carrier’s log has a text that never came',
    ({ second }, tag) => second.textInItsLog(tag),
    ['delivery.log-compared'],
    30_000,
  ),
  ...deathsWhile('a sender died', abandonReply, ['delivery.interrupted-settled'], 30_000),
];

async function abandonReply({ office, world }: Scene, tag: string): Promise<void> {
  world.failpoints.arm('delivery.attempt-claimed');
  await office.isAnswered(tag);
  await eventually('the sender to die', () => world.failpoints.hasFired('delivery.attempt-claimed'));
  await world.databases.expireLeases('delivery');
}
