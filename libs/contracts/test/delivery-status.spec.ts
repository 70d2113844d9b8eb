import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliveryStatusSchema, isFinal, isForward, type DeliveryStatus } from '@partyline/contracts';

const status = fc.constantFrom(...deliveryStatusSchema.options);
const settle = (words: readonly DeliveryStatus[]) =>
  words.reduce((current, next) => (isForward(current, next) ? next : current));

describe('delivery statuses', () => {
  it.each<[DeliveryStatus, DeliveryStatus, boolean]>([
    ['queued', 'sent', true],
    ['queued', 'delivered', true],
    ['sent', 'queued', false],
    ['delivered', 'sent', false],
    ['delivered', 'failed', false],
    ['failed', 'delivered', false],
    ['undelivered', 'delivered', false],
    ['unknown', 'sent', true],
    ['unknown', 'failed', true],
    ['sent', 'unknown', false],
    ['sent', 'sent', false],
  ])('%s then %s: forward is %s', (current, next, expected) => {
    expect(isForward(current, next)).toBe(expected);
  });

  it('never leave an end, whatever a carrier says afterwards', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), fc.array(status), (before, after) => {
        const reached = settle(before);
        fc.pre(isFinal(reached));
        expect(settle([reached, ...after])).toBe(reached);
      }),
    );
  });

  it('say the same when words come twice', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), (words) => {
        expect(settle([...words, ...words])).toBe(settle(words));
      }),
    );
  });
});
