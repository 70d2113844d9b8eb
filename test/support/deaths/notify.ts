import { accountFails, numberGoesQuiet } from './alarms.js';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

export const NOTIFY: readonly Scenario[] = [
  ...deathsWhile('a text arrives', ({ office }, tag) => office.textArrives(tag), [
    'notify.waits-observed',
    'notify.alerts-stored',
    'notify.timers-set',
    'notify.notifications-stored',
    'notify.notifications-published',
    'notify.pushes-queued',
    'notify.notifications-marked',
    'notify.push-taken',
    'notify.push-sent',
    'notify.webhooks-stored',
    'notify.webhooks-queued',
    'notify.webhook-claimed',
    'notify.webhook-sent',
    'notify.webhook-arrived',
  ]),
  ...deathsWhile(
    'a webhook is not taken',
    ({ office }, tag) => office.wholeLife(tag),
    ['notify.webhook-failed'],
    15_000,
  ),
  ...deathsWhile(
    'an endpoint wants no webhooks any more',
    ({ backOffice }, tag) => backOffice.losesEndpoint(tag),
    ['notify.endpoint-given-up'],
    15_000,
  ),
  ...deathsWhile('somebody takes a conversation', ({ office }, tag) => office.wholeLife(tag), [
    'notify.alerts-cancelled',
  ]),
  ...deathsWhile(
    'a customer waits for too long',
    ({ office }, tag) => office.textArrives(tag),
    ['notify.alert-claimed', 'notify.admins-told', 'notify.alert-told'],
    25_000,
  ),
  ...deathsWhile(
    'a number goes quiet',
    numberGoesQuiet,
    ['notify.managers-told', 'notify.number-told'],
    60_000,
  ),
  ...deathsWhile('an account fails', accountFails, ['notify.account-told'], 60_000),
  ...deathsWhile('an Admin changes an inbox', ({ backOffice }) => backOffice.changesInbox(), [
    'notify.inboxes-applied',
  ]),
  ...deathsWhile('it starts with an older database', forgetMigration, ['mongo.migration-applied']),
];

async function forgetMigration(scene: Scene): Promise<void> {
  const migrations = scene.world.databases.of('notify').collection('migrations');
  const [last] = await migrations.find().sort({ at: -1 }).limit(1).toArray();
  if (last) await migrations.deleteOne({ _id: last._id });
  await scene.restart('notify').catch(() => undefined);
}
