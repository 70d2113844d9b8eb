import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventually } from '../eventually.js';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

/** Deaths of the inbox service that need another service to stand still, or a stream to be lost: no other lane runs meanwhile. */
export const STANDSTILL: readonly Scenario[] = [
  ...deathsWhile('delivery says nothing', silenceDelivery, ['inbox.delivery-reminded'], 30_000),
  ...deathsWhile('its stream has to be made anew', loseStream, ['inbox.consents-repeated'], 60_000),
];

/** Nobody speaks of a reply; half a minute later (here: at once) the inbox service asks again. */
async function silenceDelivery({ office, world }: Scene, tag: string): Promise<void> {
  world.partyline.signal('delivery', 'SIGSTOP');
  try {
    await office.isAnswered(tag);
    const timeline = world.databases.of('inbox').collection('timeline');
    await timeline.updateMany(
      { 'awaiting.due': { $exists: true } },
      { $set: { 'awaiting.due': new Date(0).toISOString() } },
    );
    await eventually('delivery to be asked', () => world.failpoints.hasFired('inbox.delivery-reminded'));
  } finally {
    world.partyline.signal('delivery', 'SIGCONT');
  }
}

/** With a STOP in it, which delivery must not forget. */
async function loseStream({ office, world }: Scene, tag: string): Promise<void> {
  await office.saysStop(tag);
  const nats = await connect(world.partyline.natsAdmin);
  try {
    await (await jetstream(nats).jetstreamManager()).streams.delete('inbox');
  } finally {
    await nats.close();
  }
  await office.textArrives(tag);
}
