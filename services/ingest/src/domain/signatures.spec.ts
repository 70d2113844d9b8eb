import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signatureTrouble, slotOf, type Signatures } from './signatures.js';

const SLOT_MS = 600_000;
const DAY = 144;
const NOW = new Date('2026-11-30T12:05:00Z');
const CURRENT = slotOf(NOW);
const NONE: Signatures = { good: 0, bad: 0 };

/** By how many ten minutes ago. */
const history =
  (ago: (slots: number) => Partial<Signatures>) =>
  (slot: number): Signatures => ({ ...NONE, ...(slot <= CURRENT ? ago(CURRENT - slot) : {}) });
const between = (from: number, to: number, what: Partial<Signatures>) => (ago: number) =>
  ago >= from && ago < to ? what : {};

describe('webhooks whose signature does not fit', () => {
  it.each<[string, (ago: number) => Partial<Signatures>, ReturnType<typeof signatureTrouble>]>([
    [
      'since the secret changed half an hour ago',
      (ago) => (ago < 3 ? { bad: 4 } : { good: 4 }),
      { kind: 'every_webhook_refused', since: '2026-11-30T11:40:00.000Z', count: 12, of: 12, reason: null },
    ],
    [
      'on an account that never had a good one, from the first one on',
      between(2, 3, { bad: 5 }),
      { kind: 'every_webhook_refused', since: '2026-11-30T11:40:00.000Z', count: 5, of: 5, reason: null },
    ],
    ['four of them', between(2, 3, { bad: 4 }), null],
    ['beside a good one in the same ten minutes', between(0, 1, { good: 1, bad: 19 }), null],
    [
      'between good ones',
      between(0, 6, { good: 10, bad: 4 }),
      { kind: 'webhooks_refused', since: '2026-11-30T11:10:00.000Z', count: 24, of: 84, reason: null },
    ],
    ['a few between good ones', between(0, 6, { good: 10, bad: 3 }), null],
    ['more than an hour ago', between(6, 12, { good: 10, bad: 90 }), null],
    ['as many as all week', () => ({ good: 10, bad: 20 }), null],
    [
      'four times as many as all week',
      (ago) => ({ good: 10, bad: ago < 6 ? 80 : 20 }),
      { kind: 'webhooks_refused', since: '2026-11-30T11:10:00.000Z', count: 480, of: 540, reason: null },
    ],
    [
      'a trickle as all week, on an account with a text a day',
      (ago) => ({ bad: ago % 12 ? 0 : 1, good: ago === 100 ? 1 : 0 }),
      null,
    ],
    ['and then a good one', (ago) => (ago === 0 ? { good: 1 } : { bad: 3 }), null],
  ])('%s', (_case, ago, trouble) => {
    expect(signatureTrouble(history(ago), NOW)).toEqual(trouble);
  });

  const days = fc.array(fc.record({ good: fc.nat(3), bad: fc.nat(30) }), {
    minLength: 9 * DAY,
    maxLength: 9 * DAY,
  });
  const of = (slots: readonly Signatures[]) => history((ago) => slots[ago] ?? NONE);

  it('are never called every one while good ones come', () => {
    fc.assert(
      fc.property(days, (slots) => {
        const trouble = signatureTrouble(of(slots.map((one, ago) => (ago ? one : { ...one, good: 1 }))), NOW);
        return trouble?.kind !== 'every_webhook_refused';
      }),
    );
  });

  it('are no trouble where as many of them came in every hour of the week, whatever else came', () => {
    fc.assert(
      fc.property(days, fc.nat(1000), (slots, bad) => {
        const trouble = signatureTrouble(of(slots.map(({ good }) => ({ good, bad }))), NOW);
        return trouble === null;
      }),
    );
  });

  it('are trouble within the hour when a busy account has nothing else any more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 2 }), (good, noise) => {
        const broken = (ago: number) => (ago < 6 ? { bad: good + 3 * noise + noise } : { good, bad: noise });
        const trouble = signatureTrouble(history(broken), NOW);
        return (
          trouble?.kind === 'every_webhook_refused' && Date.parse(trouble.since) === (CURRENT - 5) * SLOT_MS
        );
      }),
    );
  });
});
