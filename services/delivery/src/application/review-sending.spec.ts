import { describe, expect, it } from '@jest/globals';
import { healthOf, type SendingTally } from './review-sending.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 10, minute));
const tally = (change: Partial<SendingTally>): SendingTally => ({
  accountId: 'main',
  carrier: 'twilio',
  status: 'delivered',
  errorClass: null,
  count: 1,
  lastAt: at(0),
  cost: null,
  ...change,
});

describe('how sending goes', () => {
  it('is told by account, with the reasons of failures by their number', () => {
    const health = healthOf([
      tally({ count: 40, lastAt: at(9) }),
      tally({ status: 'sent', count: 3, lastAt: at(12) }),
      tally({ status: 'failed', errorClass: 'landline', count: 2, lastAt: at(30) }),
      tally({ status: 'undelivered', errorClass: 'unreachable', count: 4 }),
      tally({ status: 'failed', errorClass: 'unreachable' }),
      tally({ status: 'failed', errorClass: null }),
      tally({ status: 'unknown', count: 2 }),
      tally({ status: 'queued', count: 5, lastAt: at(59) }),
      tally({ accountId: 'backup', carrier: 'telnyx', status: 'queued', count: 7 }),
    ]);
    const none = {
      sent: 0,
      delivered: 0,
      failed: 0,
      unknown: 0,
      lastSentAt: null,
      reasons: [],
      estimatedCost: [],
    };
    expect(health).toEqual([
      { accountId: 'backup', carrier: 'telnyx', waiting: 7, ...none },
      {
        accountId: 'main',
        carrier: 'twilio',
        waiting: 5,
        sent: 3,
        delivered: 40,
        failed: 8,
        unknown: 2,
        lastSentAt: at(12).toISOString(),
        reasons: [
          { errorClass: 'unreachable', count: 5 },
          { errorClass: 'landline', count: 2 },
          { errorClass: null, count: 1 },
        ],
        estimatedCost: [],
      },
    ]);
  });

  it('costs what the carrier took, or may have taken, in each currency', () => {
    const cost = (currency: string, millionths: number) => ({ cost: { currency, millionths } });
    const [health] = healthOf([
      tally(cost('USD', 1_000_001)),
      tally({ status: 'sent', ...cost('USD', 99_999_999_999) }),
      tally({ status: 'undelivered', ...cost('USD', 7_900) }),
      tally({ status: 'unknown', ...cost('EUR', 70_000) }),
      tally({ status: 'failed', ...cost('USD', 5_000_000) }),
      tally({ status: 'queued', ...cost('USD', 5_000_000) }),
      tally({ cost: null }),
    ]);
    expect(health?.estimatedCost).toEqual([
      { currency: 'EUR', amount: '0.07' },
      { currency: 'USD', amount: '100001.0079' },
    ]);
  });

  it('of nothing is nothing', () => {
    expect(healthOf([])).toEqual([]);
  });
});
