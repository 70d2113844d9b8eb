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
    const none = { sent: 0, delivered: 0, failed: 0, unknown: 0, lastSentAt: null, reasons: [] };
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
      },
    ]);
  });

  it('of nothing is nothing', () => {
    expect(healthOf([])).toEqual([]);
  });
});
