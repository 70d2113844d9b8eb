import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { around, bens, done, inbound, person, SUPPORT, unassigned } from '../../test/support/story.js';
import { choose, givable, returnedBy, type Choosing } from './auto-assign.js';
import type { Member } from './inbox.js';

const choosing = (changes: Partial<Choosing> = {}): Choosing => ({
  rule: 'round_robin',
  limit: 3,
  loads: new Map(),
  lastGiven: null,
  except: null,
  ...changes,
});
const idsOf = (members: readonly Member[]) => members.map(({ id }) => id);

describe('whom the rule of an inbox gives conversations', () => {
  it.each<[string, Parameters<typeof around>[1], string[]]>([
    ['all who can answer, by id', {}, ['ada', 'ben', 'cleo']],
    ['nobody who is away', { ben: { availability: 'away' } }, ['ada', 'cleo']],
    ['nobody who is out of office', { ada: { availability: 'out_of_office' } }, ['ben', 'cleo']],
    ['nobody who was disabled', { cleo: { active: false } }, ['ada', 'ben']],
  ])('%s', (_, changes, ids) => {
    expect(idsOf(givable(around(SUPPORT, changes)))).toEqual(ids);
  });

  const members = givable(around());
  it.each<[string, Partial<Choosing>, string | null]>([
    ['in turn: the first, before anybody was', {}, 'ada'],
    ['in turn: who comes after the last', { lastGiven: 'ada' }, 'ben'],
    ['in turn: around', { lastGiven: 'cleo' }, 'ada'],
    ['in turn: after one who left meanwhile', { lastGiven: 'bob' }, 'cleo'],
    ['in turn: not who has the most already', { lastGiven: 'ada', loads: new Map([['ben', 3]]) }, 'cleo'],
    ['in turn: not the excepted', { lastGiven: 'ada', except: 'ben' }, 'cleo'],
    [
      'least busy: the fewest',
      { rule: 'least_busy', loads: new Map(Object.entries({ ada: 2, ben: 1, cleo: 2 })) },
      'ben',
    ],
    ['least busy: of equals whose turn it is', { rule: 'least_busy', lastGiven: 'ada' }, 'ben'],
    ['nobody, where all have enough', { limit: 1, loads: new Map(members.map(({ id }) => [id, 1])) }, null],
  ])('%s', (_, changes, id) => {
    expect(choose(members, choosing(changes))?.id ?? null).toBe(id);
  });

  const member = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    availability: fc.constantFrom('available' as const, 'away' as const, 'out_of_office' as const),
    active: fc.boolean(),
  });
  const team = fc
    .uniqueArray(member, { selector: ({ id }) => id, minLength: 1 })
    .map((people) => people.map((each): Member => ({ ...person(each.id, each.id, 'member'), ...each })));
  const surroundings = (people: readonly Member[]) => ({
    inbox: { ...SUPPORT, memberIds: new Set(idsOf(people)) },
    people: new Map(people.map((each) => [each.id, each])),
  });
  const rule = fc.constantFrom('round_robin' as const, 'least_busy' as const);

  /** Gives out `count` conversations, one after another, as the upkeep does. */
  function giveOut(people: readonly Member[], start: Choosing, count: number) {
    const loads = new Map(start.loads);
    let { lastGiven } = start;
    const given: Member[] = [];
    for (let i = 0; i < count; i += 1) {
      const next = choose(givable(surroundings(people)), { ...start, loads, lastGiven });
      if (!next) break;
      loads.set(next.id, (loads.get(next.id) ?? 0) + 1);
      lastGiven = next.id;
      given.push(next);
    }
    return { given, loads };
  }
  const loadsOf = fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(9))
    .map((loads) => new Map(Object.entries(loads)));

  it('is never one who is not available, and never one with as many as the limit', () => {
    fc.assert(
      fc.property(team, rule, fc.integer({ min: 1, max: 9 }), loadsOf, (people, by, limit, loads) => {
        const { given, loads: after } = giveOut(people, choosing({ rule: by, limit, loads }), 60);
        for (const { id, availability, active } of given) {
          expect({ availability, active }).toEqual({ availability: 'available', active: true });
          expect(after.get(id)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('leaves nothing lying while somebody has room', () => {
    fc.assert(
      fc.property(team, rule, loadsOf, (people, by, loads) => {
        const free = givable(surroundings(people)).map(({ id }) => Math.max(0, 5 - (loads.get(id) ?? 0)));
        const room = free.reduce((sum, each) => sum + each, 0);
        expect(giveOut(people, choosing({ rule: by, limit: 5, loads }), 100).given).toHaveLength(room);
      }),
    );
  });

  it('in turn is fair: nobody gets a second one before all had their first', () => {
    fc.assert(
      fc.property(
        team,
        fc.nat(40),
        fc.constantFrom(null, 'a', 'c', 'f', 'zz'),
        (people, count, lastGiven) => {
          const { given } = giveOut(people, choosing({ limit: 99, lastGiven }), count);
          const counts = givable(surroundings(people)).map(
            ({ id }) => given.filter((each) => each.id === id).length,
          );
          if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('least busy levels: whoever is given one had no more than any other with room', () => {
    fc.assert(
      fc.property(team, loadsOf, (people, loads) => {
        const all = givable(surroundings(people));
        const chosen = choose(all, choosing({ rule: 'least_busy', limit: 99, loads }));
        const least = Math.min(...all.map(({ id }) => loads.get(id) ?? 0));
        if (chosen) expect(loads.get(chosen.id) ?? 0).toBe(least);
      }),
    );
  });
});

describe('being given one by the rule', () => {
  const give = (to: string, expectedEpoch: number) =>
    ({ type: 'auto-assign', to, rule: 'least_busy', expectedEpoch }) as const;

  it('is an entry of the system, and new to who gets it', () => {
    const tale = unassigned();
    tale.do(give('ben', tale.epoch));
    expect(tale.last).toMatchObject({
      value: [{ data: { owner: { id: 'ben' }, cause: 'direct', rule: 'least_busy' } }],
    });
    expect(tale.log.at(-1)?.actor).toEqual({ kind: 'system', id: 'inbox' });
    expect(tale.existing).toMatchObject({ owner: { id: 'ben' }, waitingSince: null, changedBy: null });
    expect(tale.existing.attention).toContain(tale.existing.seq);
  });

  it('is nothing where somebody was faster, or it is done, snoozed or no longer as it was seen', () => {
    const snoozed = unassigned().by('ada', {
      type: 'snooze',
      seenSeq: 9,
      until: null,
      now: '2026-11-23T12:30:00.000Z',
    });
    for (const tale of [bens(), done(), snoozed]) {
      expect(tale.do(give('cleo', tale.epoch)).outcome).toEqual([]);
    }
    const back = bens().by('ben', { type: 'return' });
    expect(back.do(give('cleo', back.epoch - 2)).outcome).toEqual([]);
  });

  it.each(['away', 'out_of_office'] as const)('is nothing to one who is %s by now', (availability) => {
    const tale = unassigned();
    tale.surroundings = around(SUPPORT, { ben: { availability } });
    expect(tale.do(give('ben', tale.epoch)).outcome).toEqual([]);
  });

  it('is not for one who looks on or is not in the group', () => {
    for (const who of ['olga', 'zoe', 'nobody']) {
      const tale = unassigned();
      expect(tale.do(give(who, tale.epoch)).outcome).toEqual([]);
    }
  });

  it('keeps from who returned it by hand what they returned; from nobody what an Admin or the system returned', () => {
    expect(returnedBy(bens().by('ben', { type: 'return' }).existing)).toBe('ben');
    expect(returnedBy(bens().by('ada', { type: 'return' }).existing)).toBeNull();
    expect(returnedBy(bens().do({ type: 'release', ownerId: 'ben', cause: 'away' }).existing)).toBeNull();
    expect(returnedBy(done().do(inbound('again')).existing)).toBeNull();
    expect(returnedBy(unassigned().existing)).toBeNull();
  });
});
