import { describe, expect, it } from '@jest/globals';
import { statusAdvances, type DeliveryStatus } from './status.js';

const ALL: readonly DeliveryStatus[] = ['queued', 'unknown', 'sent', 'delivered', 'undelivered', 'failed'];
const FORWARD: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  queued: ['unknown', 'sent', 'delivered', 'undelivered', 'failed'],
  unknown: ['queued', 'sent', 'delivered', 'undelivered', 'failed'],
  sent: ['delivered', 'undelivered', 'failed'],
  delivered: [],
  undelivered: [],
  failed: [],
};

describe('statusAdvances', () => {
  it.each(ALL)('from %s only forward', (current) => {
    expect(ALL.filter((next) => statusAdvances(current, next))).toEqual(
      ALL.filter((next) => FORWARD[current].includes(next)),
    );
  });
});
