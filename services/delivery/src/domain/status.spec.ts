import { describe, expect, it } from '@jest/globals';
import type { DeliveryStatus } from '@partyline/carriers';
import fc from 'fast-check';
import { after, anAttempt, aReply, NOON } from '../../test/support/replies.js';
import { attemptsOf, type Attempt } from './attempt.js';
import { isFinal, isForward } from '@partyline/contracts';
import { landed, announced } from './landing.js';
import { reported, together, type CarrierReport } from './status.js';

const STATUSES: readonly DeliveryStatus[] = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
];

const report = (status: DeliveryStatus | null, receiptId = `rc_${status}`): CarrierReport => ({
  receiptId,
  providerMessageId: 'SM1',
  status,
  errorClass: status === 'failed' || status === 'undelivered' ? 'unreachable' : null,
  rawCode: status === null ? 'peculiar' : `raw-${status}`,
  description: null,
});

const sent = (status: DeliveryStatus = 'sent'): Attempt => anAttempt({ state: 'settled', status });
const tell = (attempt: Attempt, words: readonly (DeliveryStatus | null)[]): Attempt =>
  words.reduce<Attempt>((current, word) => reported(current, report(word), NOON), attempt);

describe('statuses of a carrier', () => {
  it('end equal however often they come, and the first end stands', () => {
    const words = fc.array(fc.constantFrom(...STATUSES, null), { maxLength: 8 });
    fc.assert(
      fc.property(words, fc.constantFrom<DeliveryStatus>('sent', 'unknown'), (some, start) => {
        const once = tell(sent(start), some);
        const twice = tell(sent(start), [...some, ...some]);
        expect([twice.status, twice.errorClass, twice.rawCode]).toEqual([
          once.status,
          once.errorClass,
          once.rawCode,
        ]);
        const firstEnd = some.find((word) => word !== null && isFinal(word));
        expect(isFinal(once.status) ? once.status : undefined).toBe(firstEnd);
      }),
    );
  });

  it('never go back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATUSES), fc.constantFrom(...STATUSES), (from, word) => {
        const { status } = reported(sent(from), report(word), NOON);
        expect(status === from || isForward(from, status)).toBe(true);
      }),
    );
  });

  it.each<[DeliveryStatus, DeliveryStatus | null, DeliveryStatus]>([
    ['unknown', 'queued', 'sent'],
    ['unknown', 'sent', 'sent'],
    ['unknown', 'delivered', 'delivered'],
    ['unknown', 'undelivered', 'undelivered'],
    ['unknown', 'failed', 'failed'],
    ['sent', 'queued', 'sent'],
    ['sent', 'undelivered', 'undelivered'],
    ['delivered', 'sent', 'delivered'],
    ['delivered', 'failed', 'delivered'],
    ['undelivered', 'sent', 'undelivered'],
    ['sent', null, 'sent'],
  ])('%s, then the carrier says %s: %s', (from, word, expected) => {
    expect(reported(sent(from), report(word), NOON).status).toBe(expected);
  });

  it('are remembered with their raw word even when they change nothing', () => {
    const after = reported(sent('delivered'), report(null), NOON);
    expect(after.receiptIds).toEqual(['rc_null']);
    expect(after.history.at(-1)).toMatchObject({ step: 'carrier', rawCode: 'peculiar' });
  });

  it('say in words for people why a text did not arrive', () => {
    const { errorClass, description } = reported(
      sent(),
      { ...report('undelivered'), description: 'EC-27' },
      NOON,
    );
    expect(errorClass).toBe('unreachable');
    expect(description).toBe(
      'The phone could not be reached: it may be switched off or out of coverage. Try again later. (The carrier: EC-27)',
    );
  });

  it('prove that a text is out: one that still waited to be tried again is not sent any more', () => {
    expect(reported(anAttempt(), report('sent'), NOON)).toMatchObject({ state: 'settled', status: 'sent' });
  });

  it.each<[DeliveryStatus, DeliveryStatus, DeliveryStatus]>([
    ['sent', 'delivered', 'sent'],
    ['unknown', 'sent', 'unknown'],
    ['sent', 'undelivered', 'undelivered'],
    ['delivered', 'failed', 'delivered'],
  ])('of a further part of a long text: %s, then %s: %s', (from, word, expected) => {
    const attempt = { ...sent(from), providerMessageId: 'SM0' };
    const told = reported(attempt, report(word), NOON);
    expect(told).toMatchObject({ status: expected, providerMessageId: 'SM0', receiptIds: [`rc_${word}`] });
  });

  it('give the provider id where the send call was never answered', () => {
    expect(reported(sent('unknown'), report('sent'), NOON).providerMessageId).toBe('SM1');
  });
});

describe('a reply to a group text', () => {
  it('is one attempt per recipient, each once', () => {
    const attempts = attemptsOf(aReply({ to: ['+1', '+2', '+1'] }));
    expect(attempts.map(({ to }) => to)).toEqual(['+1', '+2']);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(2);
    expect(attempts.every(({ messageId }) => messageId === 'ms_1')).toBe(true);
  });

  it.each<[DeliveryStatus[], DeliveryStatus]>([
    [['sent', 'queued'], 'queued'],
    [['delivered', 'sent'], 'sent'],
    [['delivered', 'unknown'], 'unknown'],
    [['delivered', 'failed'], 'failed'],
    [['delivered', 'delivered'], 'delivered'],
  ])('%j comes to %s', (statuses, expected) => {
    expect(together(statuses.map(sent)).status).toBe(expected);
  });

  it('never goes back as its recipients go forward', () => {
    const step = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(...STATUSES));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const attempts = [sent('queued'), sent('queued'), sent('queued')];
        let shown: DeliveryStatus = 'queued';
        for (const [which, word] of steps) {
          attempts[which] = reported(attempts[which] ?? sent(), report(word), NOON);
          const now = together(attempts).status;
          expect(now === shown || isForward(shown, now)).toBe(true);
          shown = now;
        }
      }),
    );
  });
});

describe('landing', () => {
  const told = reported(sent('sent'), report('delivered'), NOON);

  it('a status is announced again after 30 s, then ever more rarely, for a week', () => {
    const once = announced(told, NOON);
    const twice = announced(once, after(30_000));
    expect([once.announceAt, twice.announceAt]).toEqual([after(30_000), after(90_000)]);
    expect(announced(told, after(7 * 24 * 3_600_000))).toMatchObject({ unlanded: false });
  });

  it('ends when the conversation shows it, and not when it shows an earlier one', () => {
    expect(landed(told, 'sent', told.status)).toMatchObject({ unlanded: true, landedStatus: 'sent' });
    expect(landed(told, 'delivered', told.status)).toMatchObject({
      unlanded: false,
      landedStatus: 'delivered',
    });
  });

  it('is not undone by hearing of an earlier status late', () => {
    const done = landed(told, 'delivered', told.status) ?? told;
    expect(landed(done, 'sent', told.status)).toBeNull();
  });
});
