import { describe, expect, it } from '@jest/globals';
import { behaviourFor } from './magic.js';

describe('the simulated carrier', () => {
  it.each([
    ['+12125557001', 'accept', ['sent', 'delivered']],
    ['+12125550198', 'accept', ['sent', 'undelivered']],
    ['+12125550197', 'reject', []],
    ['+12125550196', 'throttle', ['sent', 'delivered']],
    ['+12125550195', 'accept', []],
    ['+12125550194', 'hang', ['delivered']],
  ])('to %s: %s, then %j', (phone, answer, statuses) => {
    const behaviour = behaviourFor(phone);
    expect(behaviour.answer).toBe(answer);
    expect(behaviour.receipts.map(({ status }) => status)).toEqual(statuses);
  });
});
