import type { Department, Directory, NumberRecord, RingGroup, WelcomeMenu } from './directory.js';
import { EMPTY_DIRECTORY } from './directory.js';

const EVERYBODY = ['ada', 'ben', 'cleo', 'dev'];

const support: Department = {
  id: 'support',
  name: 'Support',
  memberIds: EVERYBODY,
  scheduleId: null,
  closedReply: null,
};
const sales: RingGroup = {
  id: 'sales',
  name: 'Sales',
  memberIds: ['ada', 'ben', 'cleo'],
  textsTo: { kind: 'self' },
};
const cleoDirect: RingGroup = {
  id: 'cleo-direct',
  name: 'Cleo direct',
  memberIds: ['ada', 'cleo'],
  textsTo: { kind: 'member', userId: 'cleo' },
};
const main: WelcomeMenu = {
  id: 'main',
  name: 'Main',
  memberIds: EVERYBODY,
  greeting: 'Welcome to Demo Company. Reply 1 for Sales, 2 for Support',
  options: [
    { key: '1', label: 'Sales', to: { kind: 'ring_group', id: 'sales' } },
    { key: '2', label: 'Support', to: { kind: 'department', id: 'support' } },
  ],
  sessionMinutes: 1440,
};

function number(id: string, name: string, destination: NumberRecord['destination']): NumberRecord {
  return { id, name, carrier: 'simulator', carrierAccountId: 'demo-simulator', destination };
}
const numbers = [
  number('+12125550101', 'Support line', { kind: 'department', id: 'support' }),
  number('+12125550102', 'Sales line', { kind: 'ring_group', id: 'sales' }),
  number('+12125550103', 'Main line', { kind: 'welcome_menu', id: 'main' }),
  number('+12125550104', 'Cleo', { kind: 'ring_group', id: 'cleo-direct' }),
];

const byId = <T extends { readonly id: string }>(...records: T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, record]));

/** What the demo tenant begins with: one number for each kind of destination. */
export const DEMO_DIRECTORY: Directory = {
  ...EMPTY_DIRECTORY,
  numbers: byId(...numbers),
  departments: byId(support),
  'ring-groups': byId(sales, cleoDirect),
  'welcome-menus': byId(main),
};
