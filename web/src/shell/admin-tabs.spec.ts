import { expect, it } from '@jest/globals';
import { mayOf, type Permission } from '@partyline/contracts';
import { adminTabsOf } from './admin-tabs.js';

const paths = (...permissions: Permission[]) =>
  adminTabsOf({ may: mayOf({ name: 'Some', permissions }) }).map(({ to }) => to.replace('/admin/', ''));

it.each([
  [['view'], []],
  [['manageInboxes'], ['inboxes', 'templates', 'tags']],
  [['manageUsers'], ['people', 'api-keys', 'webhooks']],
  [['viewAudit'], ['audit']],
] as const)('who has %j is shown the Admin screens that the API lets them use, and no other', (has, tabs) => {
  expect(paths(...has)).toEqual(tabs);
});
