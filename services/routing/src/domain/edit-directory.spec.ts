import { describe, expect, it } from '@jest/globals';
import { DEMO_DIRECTORY } from './demo-directory.js';
import { deriveInboxes } from './derive-inboxes.js';
import type { Directory } from './directory.js';
import { editDirectory, type DirectoryEdit } from './edit-directory.js';
import { planWrites, revisionKey, type StoredDirectory } from './plan-writes.js';

const people = new Map(
  ['ada', 'ben', 'cleo', 'dev'].map((userId) => [
    userId,
    { userId, name: userId, active: true, permissions: userId === 'ada' ? (['manageInboxes'] as const) : [] },
  ]),
);
const bare: Directory = { ...DEMO_DIRECTORY, people };
const demo: Directory = { ...bare, inboxes: deriveInboxes(bare) };
const edit = (change: DirectoryEdit, directory = demo) => editDirectory(directory, () => 3, change);
const department = { id: 'billing', name: 'Billing', memberIds: ['ada'] };

describe('a wrong edit is refused, naming the field', () => {
  const create = (kind: DirectoryEdit['kind'], record: Record<string, unknown>): DirectoryEdit => ({
    type: 'create',
    kind,
    record,
  });
  const option = (key: string) => ({ key, label: 'X', to: { kind: 'self' } });
  const menu = { id: 'm', name: 'M', memberIds: [], greeting: 'hi' };
  it.each([
    ['unknown member', create('departments', { ...department, memberIds: ['ada', 'zoe'] }), 'memberIds.1'],
    ['unknown schedule', create('departments', { ...department, scheduleId: 'x' }), 'scheduleId'],
    ['no name', create('departments', { id: 'x', memberIds: [] }), 'name'],
    ['id taken', create('departments', { ...department, id: 'support' }), 'id'],
    ['id that is no token', create('departments', { ...department, id: 'a.b' }), 'id'],
    ['id of a menu for a ring group', create('ring-groups', { id: 'main', name: 'X', memberIds: [] }), 'id'],
    [
      'no E.164',
      create('numbers', { id: '555', carrier: 'x', carrierAccountId: 'y', destination: null }),
      'id',
    ],
    [
      'unknown department',
      create('numbers', {
        id: '+12125550105',
        carrier: 'x',
        carrierAccountId: 'y',
        destination: { kind: 'department', id: 'x' },
      }),
      'destination.id',
    ],
    [
      'unknown forward',
      create('welcome-menus', {
        ...menu,
        options: [{ ...option('1'), to: { kind: 'ring_group', id: 'x' } }],
      }),
      'options.0.to.id',
    ],
    [
      'two equal keys',
      create('welcome-menus', { ...menu, options: [option('a'), option('A.')] }),
      'options.1.key',
    ],
    ['the key "menu"', create('welcome-menus', { ...menu, options: [option('Menu')] }), 'options.0.key'],
    [
      'a circle of one',
      {
        type: 'update',
        kind: 'ring-groups',
        id: 'sales',
        record: { textsTo: { kind: 'ring_group', id: 'sales' } },
      },
      'textsTo.id',
    ],
    ['no time zone', create('schedules', { id: 's', name: 'S', timeZone: 'Mars', hours: [] }), 'timeZone'],
    ['a new inbox', create('inboxes', {}), 'kind'],
    ['another id', { type: 'update', kind: 'departments', id: 'support', record: { id: 'x' } }, 'id'],
  ] as const)('%s', (_name, change, path) => {
    const outcome = edit(change);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
    expect(outcome.ok ? [] : outcome.error.issues?.map((issue) => issue.path)).toContain(path);
  });

  it('names what uses a record that is to be removed', () => {
    const outcome = edit({ type: 'remove', kind: 'departments', id: 'support' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'IN_USE' } });
    expect(outcome.ok ? '' : outcome.error.message).toContain('+12125550101');
  });

  it('refuses a change to what somebody else changed meanwhile', () => {
    const rename = { type: 'update', kind: 'departments', id: 'support' } as const;
    expect(edit({ ...rename, record: { name: 'Help', revision: 2 } })).toMatchObject({
      error: { code: 'STALE' },
    });
    expect(edit({ ...rename, record: { name: 'Help', revision: 3 } })).toMatchObject({ ok: true });
    expect(edit({ ...rename, id: 'nope', record: {} })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('a record that is made twice', () => {
  const create = (record: Record<string, unknown>, directory = demo) =>
    edit({ type: 'create', kind: 'departments', record }, directory);
  const made = () => {
    const outcome = create(department);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value.directory;
  };

  it('is there once, and stays as it is', () => {
    const directory = made();
    const again = create({ memberIds: ['ada'], name: 'Billing', id: 'billing' }, directory);
    expect(again).toEqual({ ok: true, value: { directory, kind: 'departments', id: 'billing' } });
  });

  it('is refused where it is another one, or was changed since', () => {
    expect(create({ ...department, name: 'Bills' }, made())).toMatchObject({
      error: { code: 'VALIDATION', issues: [{ path: 'id' }] },
    });
  });
});

describe('inboxes follow their source', () => {
  const stored = (directory: Directory): StoredDirectory => ({
    directory,
    revisions: new Map([...directory.inboxes.keys()].map((id) => [revisionKey('inboxes', id), 1])),
    numberInboxes: new Map([
      ['+12125550101', 'department-support'],
      ['+12125550102', 'ring_group-sales'],
      ['+12125550103', 'welcome_menu-main'],
      ['+12125550104', 'member-cleo'],
    ]),
  });
  const writes = (change: DirectoryEdit) => {
    const outcome = edit(change);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return planWrites(stored(demo), outcome.value.directory);
  };

  it('are those of the demo', () => {
    expect(
      [...demo.inboxes.values()].map(({ id, kind, memberIds }) => `${id} ${kind} ${memberIds.join(' ')}`),
    ).toEqual([
      'unrouted shared ada',
      'department-support shared ada ben cleo dev',
      'ring_group-sales shared ada ben cleo',
      'member-cleo member cleo',
      'welcome_menu-main shared ada ben cleo dev',
    ]);
  });

  it('change with their members, and nothing else is written', () => {
    const planned = writes({
      type: 'update',
      kind: 'departments',
      id: 'support',
      record: { memberIds: ['ben'] },
    });
    expect(planned.map(({ kind, id, revision }) => `${kind}/${id} ${revision}`)).toEqual([
      'departments/support 1',
      'inboxes/department-support 2',
    ]);
    expect(planned[1]?.record).toMatchObject({ memberIds: ['ben'], active: true });
  });

  it('go out of use with a new forward, and the numbers tell their new inbox', () => {
    const planned = writes({
      type: 'update',
      kind: 'ring-groups',
      id: 'sales',
      record: { textsTo: { kind: 'everyone' } },
    });
    expect(planned.map(({ kind, id, inboxId }) => `${kind}/${id} ${inboxId}`)).toEqual([
      'numbers/+12125550102 everyone-sales',
      'ring-groups/sales null',
      'inboxes/ring_group-sales null',
      'inboxes/everyone-sales null',
    ]);
    expect(planned[2]?.record).toMatchObject({ active: false, memberIds: ['ada', 'ben', 'cleo'] });
  });

  it('keep the policies of the Admin', () => {
    const outcome = edit({
      type: 'update',
      kind: 'inboxes',
      id: 'department-support',
      record: {
        alertAfterMinutes: null,
        returnWhenAway: true,
        autoAssign: { rule: 'least_busy', limit: 5 },
        name: 'Mine',
        memberIds: [],
      },
    });
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(deriveInboxes(outcome.value.directory).get('department-support')).toMatchObject({
      name: 'Support',
      alertAfterMinutes: null,
      returnWhenAway: true,
      autoAssign: { rule: 'least_busy', limit: 5 },
      memberIds: ['ada', 'ben', 'cleo', 'dev'],
    });
  });
});
