import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sendingTrouble, type Failures, type LastHour, type Usually } from './sending-trouble.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const hour = (change: Partial<LastHour>): LastHour => ({ taken: 0, failures: [], waiting: null, ...change });
const of = (errorClass: string | null, count: number): Failures => ({ errorClass, count });
/** One in twenty fails, to many customers. */
const USUALLY: Usually = { ended: 1000, failures: [of('unreachable', 50)], customers: 9 };

describe('an account whose replies fail', () => {
  it.each<[string, LastHour, Usually, ReturnType<typeof sendingTrouble>]>([
    [
      'because of its credentials',
      hour({ failures: [of('credentials', 3)] }),
      USUALLY,
      {
        kind: 'replies_refused',
        since: '2026-11-30T11:00:00.000Z',
        count: 3,
        of: 3,
        reason: 'credentials',
      },
    ],
    ['twice, which can be the carrier’s own', hour({ failures: [of('credentials', 2)] }), USUALLY, null],
    ['of one dear country among many', hour({ taken: 96, failures: [of('price', 4)] }), USUALLY, null],
    [
      'for one of its numbers',
      hour({ taken: 30, failures: [of('unregistered', 5), of('price', 1), of('opted_out', 9)] }),
      USUALLY,
      {
        kind: 'replies_refused',
        since: '2026-11-30T11:00:00.000Z',
        count: 6,
        of: 45,
        reason: 'unregistered',
      },
    ],
    [
      'to leave',
      hour({ waiting: { count: 7, since: minutesAgo(15) } }),
      USUALLY,
      { kind: 'replies_waiting', since: '2026-11-30T11:45:00.000Z', count: 7, of: 7, reason: null },
    ],
    ['to leave for a moment', hour({ waiting: { count: 7, since: minutesAgo(14) } }), USUALLY, null],
    [
      'far more often than usual',
      hour({ taken: 40, failures: [of('unreachable', 4), of('spam_filtered', 6)] }),
      USUALLY,
      {
        kind: 'replies_failing',
        since: '2026-11-30T11:00:00.000Z',
        count: 10,
        of: 50,
        reason: 'spam_filtered',
      },
    ],
    [
      'in its first week',
      hour({ failures: [of(null, 10)] }),
      { ended: 0, failures: [], customers: 5 },
      { kind: 'replies_failing', since: '2026-11-30T11:00:00.000Z', count: 10, of: 10, reason: null },
    ],
    [
      'as often as usual',
      hour({ taken: 30, failures: [of('unreachable', 10)] }),
      { ...USUALLY, failures: [of('unreachable', 250)] },
      null,
    ],
    ['to one customer', hour({ failures: [of('unreachable', 30)] }), { ...USUALLY, customers: 4 }, null],
    ['nine times', hour({ failures: [of('unreachable', 9)] }), USUALLY, null],
    ['seldom', hour({ taken: 41, failures: [of('unreachable', 10)] }), USUALLY, null],
    [
      'to numbers that cannot be texted',
      hour({ failures: [of('landline', 20), of('invalid_destination', 20), of('opted_out', 20)] }),
      USUALLY,
      null,
    ],
    ['never', hour({ taken: 500 }), USUALLY, null],
  ])('%s', (_case, last, usually, trouble) => {
    expect(sendingTrouble(last, usually, NOW)).toEqual(trouble);
  });

  const failures = fc.array(
    fc.record({
      errorClass: fc.constantFrom(
        null,
        'credentials',
        'price',
        'opted_out',
        'landline',
        'unreachable',
        'expired',
      ),
      count: fc.nat(40),
    }),
    { maxLength: 6 },
  );
  const hours = fc.record({
    taken: fc.nat(100),
    failures,
    waiting: fc.option(fc.record({ count: fc.nat(9), since: fc.nat(60).map(minutesAgo) })),
  });
  const weeks = fc.record({ ended: fc.nat(5000), failures, customers: fc.nat(12) });

  it('is in no trouble with what is usual that it is not in without: nothing is missed before that is looked up', () => {
    fc.assert(
      fc.property(hours, weeks, (last, usually) => {
        const trouble = sendingTrouble(last, usually, NOW);
        return trouble === null || sendingTrouble(last, null, NOW)?.kind === trouble.kind;
      }),
    );
  });

  it('is in no trouble for what customers are the reason for, however many', () => {
    fc.assert(
      fc.property(hours, weeks, fc.integer({ min: 1, max: 5000 }), (last, usually, more) => {
        const trouble = sendingTrouble(last, usually, NOW);
        const withMore = { ...last, failures: [...last.failures, of('opted_out', more)] };
        return trouble !== null || sendingTrouble(withMore, usually, NOW) === null;
      }),
    );
  });
});
