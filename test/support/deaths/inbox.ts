import { eraseSomebody } from './erasure.js';
import { deathsWhile, type Scenario } from './scenario.js';

export const INBOX: readonly Scenario[] = [
  ...deathsWhile('a text arrives', ({ office }, tag) => office.textArrives(tag), [
    'inbox.texts-taken',
    'inbox.entries-appended',
    'inbox.entries-projected',
    'inbox.entries-published',
    'inbox.contacts-written',
    'inbox.entries-marked',
    'inbox.texts-landed',
  ]),
  ...deathsWhile('people work on a conversation', ({ office }, tag) => office.wholeLife(tag), [
    'inbox.command-taken',
    'inbox.command-committed',
    'inbox.cursor-moved',
  ]),
  ...deathsWhile('a reply goes out', ({ office }, tag) => office.isAnswered(tag), [
    'inbox.statuses-appended',
    'inbox.statuses-recorded',
  ]),
  ...deathsWhile('somebody says STOP', ({ office }, tag) => office.saysStop(tag), [
    'inbox.consent-recorded',
    'inbox.consent-spread',
  ]),
  ...deathsWhile('opt-outs are imported', ({ backOffice }, tag) => backOffice.importsOptOuts(tag), [
    'inbox.consent-recorded',
    'inbox.consent-spread',
  ]),
  ...deathsWhile('a contact gets a name', ({ backOffice }, tag) => backOffice.namesContact(tag), [
    'inbox.contact-changed',
    'inbox.names-spread',
  ]),
  ...deathsWhile('somebody chooses from a menu', ({ office }, tag) => office.choosesFromMenu(tag), [
    'inbox.menus-left',
  ]),
  ...deathsWhile(
    'a contact is erased',
    eraseSomebody,
    ['inbox.erasure-said', 'inbox.content-erased', 'inbox.erasure-told'],
    30_000,
  ),
  ...deathsWhile('an Admin changes a user', ({ backOffice }) => backOffice.changesUser(), [
    'inbox.directory-kept',
    'inbox.stranded-returned',
  ]),
  ...deathsWhile(
    'an entry was left behind',
    (scene, tag) => scene.dieTwice(tag, 'inbox.entries-appended'),
    ['inbox.left-behind-repaired', 'inbox.left-behind-told'],
    30_000,
  ),
  ...deathsWhile(
    'the inbox assigns by rule',
    ({ backOffice }, tag) => backOffice.assignsByRule(tag),
    ['inbox.waiting-assigned'],
    60_000,
  ),
];
