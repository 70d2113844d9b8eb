import { describe, it } from '@jest/globals';
import { DIRECTORY, routeSchema, type DirectoryKind } from '@partyline/contracts';
import fc from 'fast-check';
import { deriveInboxes } from './derive-inboxes.js';
import type { Dialogue } from './dialogue.js';
import type { Directory, Person } from './directory.js';
import { route } from './route.js';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const forward = fc.oneof(
  fc.constant({ kind: 'self' }),
  fc.constant({ kind: 'everyone' }),
  fc.record({ kind: fc.constant('member'), userId: id }),
  fc.record({ kind: fc.constantFrom('department', 'ring_group'), id }),
);
const members = fc.uniqueArray(id);
const text = fc.oneof(fc.constantFrom('1', '2', 'menu', 'hi', ''), fc.string({ unit: 'grapheme' }));
const RECORDS: { readonly [K in DirectoryKind]: fc.Arbitrary<Record<string, unknown>> } = {
  numbers: fc.record({
    carrier: fc.constant('simulator'),
    carrierAccountId: id,
    destination: fc.option(
      fc.record({ kind: fc.constantFrom('department', 'ring_group', 'welcome_menu'), id }),
    ),
  }),
  departments: fc.record({
    name: fc.constant('Department'),
    memberIds: members,
    scheduleId: fc.option(id),
    closedReply: fc.option(fc.constant('closed')),
  }),
  'ring-groups': fc.record({ name: fc.constant('Group'), memberIds: members, textsTo: forward }),
  'welcome-menus': fc.record({
    name: fc.constant('Menu'),
    memberIds: members,
    greeting: fc.constant('hello'),
    options: fc.array(fc.record({ key: fc.constantFrom('1', '2'), label: fc.constant('One'), to: forward }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  schedules: fc.record({
    name: fc.constant('Hours'),
    timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'No/Where'),
    hours: fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 7 }),
        from: fc.constantFrom('00:00', '09:30', '22:00'),
        to: fc.constantFrom('06:00', '17:00', '24:00'),
      }),
    ),
  }),
  inboxes: fc.constant({}),
};
const NUMBERS = ['+12125550101', '+12125550102', '+12125550103'];

function records<K extends DirectoryKind>(kind: K) {
  const keys = kind === 'numbers' ? fc.constantFrom(...NUMBERS.slice(0, 2)) : id;
  return fc
    .dictionary(keys, RECORDS[kind])
    .map(
      (found) =>
        new Map(Object.entries(found).map(([key, raw]) => [key, DIRECTORY[kind].parse({ ...raw, id: key })])),
    );
}
const people = fc
  .dictionary(id, fc.boolean())
  .map(
    (found) =>
      new Map<string, Person>(
        Object.entries(found).map(([userId, active]) => [
          userId,
          { userId, name: userId, permissions: [], active },
        ]),
      ),
  );
const directories = fc
  .record({
    numbers: records('numbers'),
    departments: records('departments'),
    'ring-groups': records('ring-groups'),
    'welcome-menus': records('welcome-menus'),
    schedules: records('schedules'),
    inboxes: fc.constant(new Map()),
    people,
  })
  .map((directory) => directory as unknown as Directory)
  .map((directory): Directory => ({ ...directory, inboxes: deriveInboxes(directory) }));
const moment = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const texts = fc.array(fc.record({ to: fc.constantFrom(...NUMBERS), text, at: moment }), {
  minLength: 1,
  maxLength: 8,
});

describe('route, whatever the directory says', () => {
  it('always ends in an inbox that exists, tells why, and says the same again', () => {
    fc.assert(
      fc.property(directories, texts, (directory, sent) => {
        const dialogues = new Map<string, Dialogue>();
        for (const [index, { to, text, at }] of sent.entries()) {
          const before = dialogues.get(to) ?? null;
          const message = { messageId: `ms_${index}`, to, text };
          const decision = route(directory, before, message, at);
          const again = route(directory, before, message, at);
          if (JSON.stringify(again) !== JSON.stringify(decision))
            throw new Error('two answers to one question');
          routeSchema.parse(decision.route);
          const inbox = directory.inboxes.get(decision.route.inboxId);
          if (!inbox?.active || inbox.kind !== decision.route.inboxKind) throw new Error('no such inbox');
          if (decision.route.trace.at(-1)?.step !== 'inbox')
            throw new Error('the trace does not end in the inbox');
          if (decision.dialogue) {
            dialogues.set(to, decision.dialogue);
            const repeated = route(directory, decision.dialogue, message, at);
            if (JSON.stringify(repeated.route) !== JSON.stringify(decision.route)) {
              throw new Error('a repeated text was decided differently');
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
