import { describe, expect, it } from '@jest/globals';
import { ben } from '../testing/samples.js';
import { nextDelay } from './backoff.js';
import { EMPTY_STATE } from './model.js';
import { colleagueIs, forgetAbsent, LASTS_MS } from './presence.js';
import { setViewer } from './state.js';

const state = setViewer(EMPTY_STATE, ben);
const ada = { id: 'ada', name: 'Ada' };
const cleo = { id: 'cleo', name: 'Cleo' };

describe.each(['typing', 'viewing'] as const)('colleagues who are %s', (kind) => {
  it('show until they stop or are forgotten', () => {
    const one = colleagueIs(state, kind, 'c1', ada, true, 1000);
    expect(one[kind].get('c1')).toHaveLength(1);
    expect(colleagueIs(one, kind, 'c1', ada, false, 2000)[kind].get('c1')).toEqual([]);
    expect(forgetAbsent(one, 1000 + LASTS_MS[kind] - 1)).toBe(one);
    expect(forgetAbsent(one, 1000 + LASTS_MS[kind])[kind].has('c1')).toBe(false);
  });

  it('stay where they stand when they are heard of again', () => {
    const both = [ada, cleo].reduce((s, user) => colleagueIs(s, kind, 'c1', user, true, 0), state);
    const again = colleagueIs(both, kind, 'c1', ada, true, 5000);
    expect(again[kind].get('c1')?.map(({ id }) => id)).toEqual(['ada', 'cleo']);
    expect(forgetAbsent(again, LASTS_MS[kind])[kind].get('c1')).toEqual([
      { ...ada, until: 5000 + LASTS_MS[kind] },
    ]);
  });

  it('are never oneself', () => {
    expect(colleagueIs(state, kind, 'c1', { id: 'ben', name: 'Ben' }, true, 0)).toBe(state);
  });
});

describe('trying again', () => {
  it('waits longer each time, up to 15 s, and never less than half of it', () => {
    expect([0, 1, 2, 10].map((attempt) => nextDelay(attempt, 1))).toEqual([500, 1000, 2000, 15_000]);
    expect(nextDelay(10, 0)).toBe(7500);
  });
});
