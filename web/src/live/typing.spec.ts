import { describe, expect, it } from '@jest/globals';
import { ben } from '../testing/samples.js';
import { nextDelay } from './backoff.js';
import { EMPTY_STATE } from './model.js';
import { setViewer } from './state.js';
import { colleagueTypes, forgetTyping, TYPING_MS } from './typing.js';

const state = setViewer(EMPTY_STATE, ben);
const ada = { id: 'ada', name: 'Ada' };

describe('colleagues who type', () => {
  it('show until they stop or are forgotten', () => {
    const typing = colleagueTypes(state, 'c1', ada, true, 1000);
    expect(typing.typing.get('c1')).toHaveLength(1);
    expect(colleagueTypes(typing, 'c1', ada, false, 2000).typing.get('c1')).toEqual([]);
    expect(forgetTyping(typing, 1000 + TYPING_MS - 1)).toBe(typing);
    expect(forgetTyping(typing, 1000 + TYPING_MS).typing.get('c1')).toEqual([]);
  });

  it('are never oneself', () => {
    expect(colleagueTypes(state, 'c1', { id: 'ben', name: 'Ben' }, true, 0)).toBe(state);
  });
});

describe('trying again', () => {
  it('waits longer each time, up to 15 s, and never less than half of it', () => {
    expect([0, 1, 2, 10].map((attempt) => nextDelay(attempt, 1))).toEqual([500, 1000, 2000, 15_000]);
    expect(nextDelay(10, 0)).toBe(7500);
  });
});
