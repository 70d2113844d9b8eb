import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPosition, parsePosition, resumeFrom, type LivePosition } from './stream-position.js';

describe('the id of a live event', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,20}$/), fc.nat(), (creation, sequence) => {
        expect(parsePosition(formatPosition({ creation, sequence }))).toEqual({ creation, sequence });
      }),
    );
  });

  it.each([
    undefined,
    '',
    '5',
    'a-',
    '-5',
    'a-b',
    'a-05',
    'a--5',
    'a-1.5',
    'a-5 ',
    'a-99999999999999999',
    'ä-5',
    `${'a'.repeat(33)}-1`,
  ])('is not %j', (id) => {
    expect(parsePosition(id)).toBeNull();
  });
});

describe('resuming', () => {
  const stream = { creation: 'c', first: 10, last: 100 };
  const at = (sequence: number): LivePosition => ({ creation: 'c', sequence });
  it.each([
    ['a first visit starts live', null, 90, { kind: 'live', after: 90 }],
    ['a gap is replayed up to where live begins', at(50), 90, { kind: 'replay', after: 50, through: 90 }],
    ['nothing missed', at(90), 90, { kind: 'live', after: 90 }],
    ['another replica was ahead: no duplicate', at(95), 90, { kind: 'live', after: 95 }],
    ['the oldest kept one is the next one', at(9), 90, { kind: 'replay', after: 9, through: 90 }],
    ['one event was thrown away', at(8), 90, { kind: 'reset' }],
    ['from the future', at(101), 90, { kind: 'reset' }],
    ['another creation', { creation: 'other', sequence: 50 }, 90, { kind: 'reset' }],
  ])('%s', (_label, last, attached, expected) => {
    expect(resumeFrom(last, stream, attached, 1000)).toEqual(expected);
  });

  it('fetches anew where the gap is longer than the bound', () => {
    expect(resumeFrom(at(50), stream, 90, 40)).toEqual({ kind: 'replay', after: 50, through: 90 });
    expect(resumeFrom(at(50), stream, 90, 39)).toEqual({ kind: 'reset' });
  });
});
