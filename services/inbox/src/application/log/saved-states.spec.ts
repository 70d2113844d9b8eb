import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SAVED_EVERY, savesState, stretchesTo } from './saved-states.js';

describe('what has to be read to know an entry', () => {
  it('begins where a state was saved, or at the beginning', () => {
    expect(stretchesTo([1])).toEqual([{ after: 0, upTo: 1 }]);
    expect(stretchesTo([SAVED_EVERY])).toEqual([{ after: 0, upTo: SAVED_EVERY }]);
    expect(stretchesTo([SAVED_EVERY + 1])).toEqual([{ after: SAVED_EVERY, upTo: SAVED_EVERY + 1 }]);
  });

  it('holds every entry asked for, once, and never more than the entries between two saved states', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10_000 })), (seqs) => {
        const stretches = stretchesTo(seqs);
        for (const { after, upTo } of stretches) {
          expect(after === 0 || savesState(after)).toBe(true);
          expect(upTo - after).toBeLessThanOrEqual(SAVED_EVERY);
        }
        for (const seq of seqs) {
          expect(stretches.filter(({ after, upTo }) => after < seq && seq <= upTo)).toHaveLength(1);
        }
      }),
    );
  });
});
