import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_TROUBLES, type AccountTrouble } from '@partyline/contracts';
import fc from 'fast-check';
import { LONGEST_PAUSE_MS, nextStep, type BadTime, type Seen, type Telling } from './account-alert.js';

type Kind = AccountTrouble['kind'];

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-11-30T12:00:00Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR_MS);
const trouble = (kind: Kind, since = ago(1)): AccountTrouble => ({
  kind,
  since: since.toISOString(),
  count: 9,
  of: 9,
  reason: null,
});
const told = (kind: Kind, hours: number): Telling => ({ kind, at: ago(hours) });
const bad = (kind: Kind, ...tellings: readonly Telling[]): BadTime => ({
  trouble: trouble(kind),
  told: tellings,
});
const seen = (kind: Kind | null, worksHoursAgo: number | null = null): Seen => ({
  trouble: kind && trouble(kind),
  worksAt: worksHoursAgo === null ? null : ago(worksHoursAgo),
});

describe('a bad time of an account', () => {
  it.each<[string, BadTime | null, readonly Telling[], Seen, ReturnType<typeof nextStep>]>([
    ['is told', bad('replies_refused'), [], seen('replies_refused'), 'tell'],
    [
      'is told once',
      bad('replies_refused', told('replies_refused', 90)),
      [],
      seen('replies_refused'),
      'nothing',
    ],
    [
      'is told of as another one when it turns into that',
      bad('every_webhook_refused', told('webhooks_refused', 1)),
      [],
      seen('every_webhook_refused'),
      'tell',
    ],
    [
      'is not told too soon after the last',
      bad('every_webhook_refused'),
      [told('every_webhook_refused', 3.9)],
      seen('every_webhook_refused'),
      'nothing',
    ],
    [
      'is told when enough time has passed',
      bad('every_webhook_refused'),
      [told('every_webhook_refused', 4)],
      seen('every_webhook_refused'),
      'tell',
    ],
    [
      'that outsiders can bring about is told once a day',
      bad('webhooks_refused'),
      [told('webhooks_refused', 23.9)],
      seen('webhooks_refused'),
      'nothing',
    ],
    [
      'is told whatever else was told',
      bad('replies_waiting'),
      [told('replies_refused', 1)],
      seen('replies_waiting'),
      'tell',
    ],
    [
      'lasts until it is seen to work',
      bad('replies_refused', told('replies_refused', 2)),
      [],
      seen(null, 3),
      'nothing',
    ],
    [
      'is over when it works again',
      bad('replies_refused', told('replies_refused', 2)),
      [],
      seen(null, 1),
      'recovered',
    ],
    [
      'lasts while something is wrong, although something works',
      bad('every_webhook_refused', told('every_webhook_refused', 2)),
      [],
      seen('webhooks_refused', 0),
      'tell',
    ],
    [
      'is over when what waited has gone out',
      bad('replies_waiting', told('replies_waiting', 0.5)),
      [],
      seen(null, 1),
      'recovered',
    ],
    ['ends without a word where it was never told', bad('every_webhook_refused'), [], seen(null, 0), 'end'],
    [
      'ends without a word where others called all the time',
      bad('webhooks_refused', told('webhooks_refused', 2)),
      [],
      seen(null, 0),
      'end',
    ],
    ['is none where there was none', null, [], seen(null, 1), 'nothing'],
  ])('%s', (_case, badTime, before, now, step) => {
    expect(nextStep(badTime, before, now, NOW)).toBe(step);
  });

  const MINUTES = 5;
  const looks = fc.array(
    fc.record({
      trouble: fc.option(fc.constantFrom(...ACCOUNT_TROUBLES), { freq: 2 }),
      works: fc.boolean(),
      repeated: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  /** What is told when an account is looked at every five minutes. */
  function story(all: readonly { trouble: Kind | null; works: boolean; repeated: number }[]) {
    const log: { step: 'tell' | 'recovered'; kind: Kind; at: number }[] = [];
    const tellings: (Telling & { ended: boolean })[] = [];
    const open: { current?: BadTime & { told: Telling[] } } = {};
    let worksAt: Date | null = null;
    let minute = 0;
    for (const { trouble: kind, works, repeated } of all) {
      for (let time = 0; time < repeated; time += 1) {
        minute += MINUTES;
        const now = new Date(NOW.getTime() + minute * 60_000);
        if (works) worksAt = now;
        if (kind) open.current = { told: [], ...open.current, trouble: trouble(kind, now) };
        const { current } = open;
        const before = tellings.filter(({ ended, at }) => ended && +at > +now - LONGEST_PAUSE_MS);
        const step = nextStep(current ?? null, before, { trouble: kind && trouble(kind, now), worksAt }, now);
        if (!current) continue;
        const of = current.trouble.kind;
        if (step === 'tell') {
          current.told.push({ kind: of, at: now });
          tellings.push({ kind: of, at: now, ended: false });
        }
        if (step === 'tell' || step === 'recovered') log.push({ step, kind: of, at: minute });
        if (step === 'end' || step === 'recovered') {
          delete open.current;
          for (const telling of tellings) telling.ended = true;
        }
      }
    }
    return { log, current: open.current };
  }

  it('is never told of more often than its pause allows, whatever happens', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const last = new Map<Kind, number>();
        return story(all).log.every(({ step, kind, at }) => {
          if (step !== 'tell') return true;
          const pause = (kind === 'webhooks_refused' ? 24 : 4) * 60;
          const early = last.has(kind) && at - (last.get(kind) ?? 0) < pause;
          last.set(kind, at);
          return !early;
        });
      }),
    );
  });

  it('is told to be over only where it was told of', () => {
    fc.assert(
      fc.property(looks, (all) => {
        let tellings = 0;
        return story(all).log.every(({ step }) => {
          tellings = step === 'tell' ? tellings + 1 : tellings;
          if (step === 'tell') return true;
          const wasTold = tellings > 0;
          tellings = 0;
          return wasTold;
        });
      }),
    );
  });

  it('is told within a day, whatever was told before, when the trouble stays', () => {
    fc.assert(
      fc.property(looks, fc.constantFrom(...ACCOUNT_TROUBLES), (all, kind) => {
        const aDay = { trouble: kind, works: false, repeated: (24 * 60) / MINUTES };
        return story([...all, aDay]).current?.told.some((telling) => telling.kind === kind) === true;
      }),
    );
  });
});
