import { Visitor } from '../visitor.js';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

export const GATEWAY: readonly Scenario[] = [
  ...deathsWhile('somebody signs in', signIn, ['gateway.session-created']),
  ...deathsWhile('a browser refreshes its session', refreshOverDeath, ['gateway.session-rotated']),
  ...deathsWhile('somebody signs out', signOutOverDeath, ['gateway.session-revoked']),
  ...deathsWhile('people work on a conversation', ({ office }, tag) => office.wholeLife(tag), [
    'gateway.command-taken',
    'gateway.command-answered',
  ]),
  ...deathsWhile('an Admin changes an inbox', ({ backOffice }) => backOffice.changesInbox(), [
    'gateway.act-begun',
    'gateway.act-carried-out',
  ]),
  ...deathsWhile('somebody takes several at once', ({ backOffice }, tag) => backOffice.takesMany(tag), [
    'gateway.one-of-many-changed',
  ]),
  ...deathsWhile('an Admin changes a password', ({ backOffice }, tag) => backOffice.changesPassword(tag), [
    'gateway.accounts-changed',
  ]),
  ...deathsWhile('an Admin changes a user', ({ backOffice }) => backOffice.changesUser(), [
    'gateway.users-published',
    'gateway.users-marked',
  ]),
  ...deathsWhile('a text arrives', ({ office }, tag) => office.textArrives(tag), [
    'gateway.event-read',
    'gateway.event-sent',
  ]),
];

async function signIn({ world }: Scene): Promise<void> {
  await new Visitor(world.partyline.url).signIn('cleo@example.com');
}

async function refreshOverDeath(scene: Scene, tag: string): Promise<void> {
  const visitor = new Visitor(scene.world.partyline.url);
  await visitor.signIn('dev@example.com');
  const status = await visitor.refresh();
  if (status === 200) return;
  scene.fault(
    tag,
    'signed out',
    `the token that had no answer was refused with ${status} when it came again`,
  );
}

async function signOutOverDeath(scene: Scene, tag: string): Promise<void> {
  const visitor = new Visitor(scene.world.partyline.url);
  await visitor.signIn('dev@example.com');
  await visitor.signOutOnce();
  const status = await visitor.refresh();
  if (status !== 401) scene.fault(tag, 'session survived', `somebody who signed out was answered ${status}`);
}
