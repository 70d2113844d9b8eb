import { describe, expect, it } from '@jest/globals';
import { routeSchema } from '@partyline/contracts';
import { DEMO_DIRECTORY } from './demo-directory.js';
import { deriveInboxes } from './derive-inboxes.js';
import type { Dialogue } from './dialogue.js';
import { withRecord } from './edit-directory.js';
import type { Directory, NumberRecord, Person, RingGroup } from './directory.js';
import { route } from './route.js';

const person = (userId: string, name: string, active = true): Person => ({
  userId,
  name,
  active,
  permissions: [],
});
const demo: Directory = {
  ...DEMO_DIRECTORY,
  people: new Map([
    ['ada', person('ada', 'Ada Lovelace')],
    ['cleo', person('cleo', 'Cleo Park')],
    ['gone', person('gone', 'Gone Person', false)],
  ]),
};
const settled = (directory: Directory): Directory => ({ ...directory, inboxes: deriveInboxes(directory) });
const AT = '2026-11-23T12:00:00.000Z';
const to = (number: string, text = 'hello', messageId = 'ms_1') => ({ messageId, to: number, text });

const group = (id: string, textsTo: RingGroup['textsTo']): RingGroup => ({
  id,
  name: id,
  memberIds: ['ada'],
  textsTo,
});
function numberTo(directory: Directory, destination: NumberRecord['destination']): Directory {
  const record: NumberRecord = {
    id: '+12125550199',
    name: null,
    carrier: 'simulator',
    carrierAccountId: 'a',
    destination,
  };
  return withRecord(directory, 'numbers', record.id, record);
}
const groups = (...list: RingGroup[]): Directory =>
  list.reduce((directory, each) => withRecord(directory, 'ring-groups', each.id, each), demo);
const toGroup = (id: string, directory: Directory) => numberTo(directory, { kind: 'ring_group', id });

describe('route', () => {
  it.each([
    ['department', demo, '+12125550101', 'department-support', 'shared', 'number department inbox'],
    ['ring group', demo, '+12125550102', 'ring_group-sales', 'shared', 'number ring_group inbox'],
    ['welcome menu', demo, '+12125550103', 'welcome_menu-main', 'shared', 'number welcome_menu inbox'],
    ['member', demo, '+12125550104', 'member-cleo', 'member', 'number ring_group member inbox'],
    [
      'everyone',
      toGroup('all', groups(group('all', { kind: 'everyone' }))),
      '+12125550199',
      'everyone-all',
      'everyone',
      'number ring_group everyone inbox',
    ],
    [
      'group to group to department',
      toGroup(
        'a',
        groups(
          group('a', { kind: 'ring_group', id: 'b' }),
          group('b', { kind: 'department', id: 'support' }),
        ),
      ),
      '+12125550199',
      'department-support',
      'shared',
      'number ring_group ring_group department inbox',
    ],
  ])('to a %s', (_name, directory, number, inboxId, inboxKind, steps) => {
    const { route: decided } = route(settled(directory), null, to(number), AT);
    expect(decided).toMatchObject({ inboxId, inboxKind });
    expect(decided.trace.map(({ step }) => step).join(' ')).toBe(steps);
  });

  it.each([
    ['a number nobody knows', demo, '+19995550000', "not one of this company's numbers"],
    ['a number without destination', numberTo(demo, null), '+12125550199', 'not routed to anything yet'],
    [
      'a department that is gone',
      numberTo(demo, { kind: 'department', id: 'x' }),
      '+12125550199',
      'department "x" does not exist',
    ],
    ['a ring group that is gone', toGroup('x', demo), '+12125550199', 'ring group "x" does not exist'],
    [
      'a menu that is gone',
      numberTo(demo, { kind: 'welcome_menu', id: 'x' }),
      '+12125550199',
      'welcome menu "x" does not exist',
    ],
    [
      'a member who left',
      toGroup('g', groups(group('g', { kind: 'member', userId: 'gone' }))),
      '+12125550199',
      'Gone Person is no longer active',
    ],
    [
      'groups in a circle',
      toGroup(
        'a',
        groups(group('a', { kind: 'ring_group', id: 'b' }), group('b', { kind: 'ring_group', id: 'a' })),
      ),
      '+12125550199',
      'in a circle',
    ],
  ])('%s goes to Unrouted, with the reason', (_name, directory, number, reason) => {
    const { route: decided } = route(settled(directory), null, to(number), AT);
    expect(decided).toMatchObject({ inboxId: 'unrouted', inboxKind: 'shared', autoReply: null });
    expect(decided.trace.find(({ step }) => step === 'unrouted')?.text).toContain(reason);
    expect(routeSchema.parse(decided)).toEqual(decided);
  });

  it('sends the texts of somebody it has not heard of yet to their inbox', () => {
    const directory = settled({ ...demo, people: new Map() });
    expect(route(directory, null, to('+12125550104'), AT).route.inboxId).toBe('member-cleo');
  });
});

describe('a department outside of its hours', () => {
  const closed = settled(
    withRecord(
      withRecord(demo, 'schedules', 'office', {
        id: 'office',
        name: 'Office',
        timeZone: 'UTC',
        hours: [{ day: 2, from: '09:00', to: '17:00' }],
      }),
      'departments',
      'support',
      { id: 'support', name: 'Support', memberIds: [], scheduleId: 'office', closedReply: 'We are closed.' },
    ),
  );

  it('keeps the text and answers, once an hour', () => {
    const first = route(closed, null, to('+12125550101'), AT);
    expect(first.route).toMatchObject({ inboxId: 'department-support', autoReply: 'We are closed.' });
    const second = route(
      closed,
      first.dialogue,
      to('+12125550101', 'hello?', 'ms_2'),
      '2026-11-23T12:30:00.000Z',
    );
    expect(second.route.autoReply).toBeNull();
    const third = route(
      closed,
      first.dialogue,
      to('+12125550101', 'hello?', 'ms_3'),
      '2026-11-23T13:00:00.000Z',
    );
    expect(third.route.autoReply).toBe('We are closed.');
  });

  it('says the same when the same text comes again', () => {
    const first = route(closed, null, to('+12125550101'), AT);
    expect(route(closed, first.dialogue, to('+12125550101'), AT)).toEqual({
      route: first.route,
      dialogue: null,
    });
  });

  it('does not answer while it is open', () => {
    const open = route(closed, null, to('+12125550101'), '2026-11-24T12:00:00.000Z');
    expect(open).toMatchObject({ route: { autoReply: null }, dialogue: null });
  });
});

describe('the dialogue with a welcome menu', () => {
  const directory = settled(demo);
  const MENU = '+12125550103';
  /** Texts one after the other, each `[minutes since the first, text]`; gives what was decided for each. */
  function talk(...texts: readonly (readonly [number, string])[]) {
    let dialogue: Dialogue | null = null;
    return texts.map(([minutes, text], index) => {
      const at = new Date(Date.parse(AT) + minutes * 60_000).toISOString();
      const decision = route(directory, dialogue, to(MENU, text, `ms_${index}`), at);
      dialogue = decision.dialogue ?? dialogue;
      const { inboxId, autoReply, leavesInboxId } = decision.route;
      return `${inboxId}${autoReply ? ' greets' : ''}${leavesInboxId ? ` leaves ${leavesInboxId}` : ''}`;
    });
  }
  const MAIN = 'welcome_menu-main';

  it.each([
    ['greets who says anything', [[0, 'hi']], [`${MAIN} greets`]],
    [
      'greets at most once a minute',
      [
        [0, 'hi'],
        [0.5, 'hello?'],
        [1, 'well?'],
      ],
      [`${MAIN} greets`, MAIN, `${MAIN} greets`],
    ],
    [
      'understands a key',
      [
        [0, 'hi'],
        [1, '1'],
      ],
      [`${MAIN} greets`, `ring_group-sales leaves ${MAIN}`],
    ],
    ['understands a key in the first text', [[0, '2']], [`department-support leaves ${MAIN}`]],
    ['understands a label', [[0, ' support! ']], [`department-support leaves ${MAIN}`]],
    ['understands full-width digits', [[0, '１．']], [`ring_group-sales leaves ${MAIN}`]],
    ['does not find a key inside of a sentence', [[0, '1 question please']], [`${MAIN} greets`]],
    [
      'follows the choice',
      [
        [0, '1'],
        [5, 'thanks'],
        [6, '2'],
      ],
      [`ring_group-sales leaves ${MAIN}`, 'ring_group-sales', 'ring_group-sales'],
    ],
    [
      'forgets after the session',
      [
        [0, '1'],
        [1440, 'again'],
      ],
      [`ring_group-sales leaves ${MAIN}`, `${MAIN} greets`],
    ],
    [
      'keeps the session alive with every text',
      [
        [0, '1'],
        [1400, 'a'],
        [2800, 'b'],
      ],
      [`ring_group-sales leaves ${MAIN}`, 'ring_group-sales', 'ring_group-sales'],
    ],
    [
      'starts over',
      [
        [0, '1'],
        [5, 'Menu'],
        [6, '2'],
      ],
      [`ring_group-sales leaves ${MAIN}`, `${MAIN} greets`, `department-support leaves ${MAIN}`],
    ],
    ['does not choose by an empty text', [[0, '']], [`${MAIN} greets`]],
  ] as const)('%s', (_name, texts, expected) => {
    expect(talk(...texts)).toEqual(expected);
  });

  it('decides a repeated text as it did the first time', () => {
    const greeted = route(directory, null, to(MENU, 'hi', 'ms_a'), AT);
    const chose = route(directory, greeted.dialogue, to(MENU, '1', 'ms_b'), AT);
    expect(route(directory, chose.dialogue, to(MENU, 'hi', 'ms_a'), AT)).toEqual({
      route: greeted.route,
      dialogue: null,
    });
    expect(route(directory, chose.dialogue, to(MENU, '1', 'ms_b'), AT)).toEqual({
      route: chose.route,
      dialogue: null,
    });
  });

  it('asks again where the option is gone', () => {
    const chose = route(directory, null, to(MENU, '1', 'ms_a'), AT);
    const menu = demo['welcome-menus'].get('main');
    if (!menu) throw new Error('the demo has a welcome menu');
    const fewer = settled(
      withRecord(demo, 'welcome-menus', 'main', { ...menu, options: menu.options.slice(1) }),
    );
    expect(route(fewer, chose.dialogue, to(MENU, 'so?', 'ms_b'), AT).route).toMatchObject({
      inboxId: MAIN,
      autoReply: menu.greeting,
    });
  });

  it('does not leave, nor remember, for an option that leads nowhere', () => {
    const broken = settled({ ...demo, 'ring-groups': new Map() });
    const { route: decided, dialogue } = route(broken, null, to(MENU, '1'), AT);
    expect(decided).toMatchObject({ inboxId: 'unrouted', leavesInboxId: null });
    expect(dialogue).toMatchObject({ optionKey: null });
  });
});
