import { describe, expect, it } from '@jest/globals';
import { limitOf, policyOf } from './inbox-policy.js';

describe('the policy of an inbox that assigns automatically', () => {
  it.each([
    ['1', 1],
    [' 25 ', 25],
    ['99', 99],
    ['0', null],
    ['100', null],
    ['2.5', null],
    ['-3', null],
    ['', null],
    ['many', null],
  ])('a limit typed as %j is %j', (typed, limit) => {
    expect(limitOf(typed)).toBe(limit);
  });

  it('keeps its limit through a change of the rule, and is none when it is off', () => {
    expect(policyOf('least_busy', { rule: 'round_robin', limit: 4 })).toEqual({
      rule: 'least_busy',
      limit: 4,
    });
    expect(policyOf('round_robin', null)).toEqual({ rule: 'round_robin', limit: 10 });
    expect(policyOf('off', { rule: 'round_robin', limit: 4 })).toBeNull();
  });
});
