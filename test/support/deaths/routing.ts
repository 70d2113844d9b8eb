import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

export const ROUTING: readonly Scenario[] = [
  ...deathsWhile('a text arrives', ({ office }, tag) => office.textArrives(tag), [
    'routing.texts-taken',
    'routing.texts-routed',
  ]),
  ...deathsWhile('somebody chooses from a menu', ({ office }, tag) => office.choosesFromMenu(tag), [
    'routing.dialogues-saved',
  ]),
  ...deathsWhile('an Admin changes an inbox', ({ backOffice }) => backOffice.changesInbox(), [
    'routing.directory-changed',
    'routing.directory-published',
    'routing.directory-marked',
  ]),
  ...deathsWhile('an Admin changes a user', ({ backOffice }) => backOffice.changesUser(), [
    'routing.users-applied',
  ]),
  ...deathsWhile('an event comes that nobody can read', publishJunk, ['bus.dead-letter-kept']),
];

async function publishJunk({ world }: Scene): Promise<void> {
  const nats = await connect(world.partyline.natsAdmin);
  try {
    await jetstream(nats).publish('ingest.demo.message.received.v1', '{"junk":true}');
  } finally {
    await nats.close();
  }
}
