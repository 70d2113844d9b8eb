import { describe, expect, it } from '@jest/globals';
import { moneyOf } from '../format/money.js';
import { healthOf, spareOf, stateOf, sendingOf } from './carrier-accounts.js';

const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const account = (change: object = {}) => ({
  active: true,
  lastWebhookAt: '2026-11-24T11:59:00.000Z' as string | null,
  counters: { received: 5, landed: 5, open: 0, rejected: 0, badSignatures: 0 },
  ...change,
});
const counters = (received: number, badSignatures: number) => ({
  counters: { received, landed: 0, open: 0, rejected: 0, badSignatures },
});

const unbound = { bound: false, since: null, problem: null as string | null, problemAt: null };

describe('the state of a carrier account', () => {
  it.each([
    ['On', account()],
    ['Off', account({ active: false })],
    ['Quiet for a day', account({ lastWebhookAt: '2026-11-23T11:00:00.000Z' })],
    ['Nothing came yet', account({ lastWebhookAt: null, ...counters(0, 0) })],
    ['Failing', account({ lastWebhookAt: null, ...counters(0, 3) })],
    ['On', account(counters(5, 3))],
    ['Bound', account({ bind: { ...unbound, bound: true, problem: 'it broke' } })],
    ['Connecting', account({ bind: unbound, lastWebhookAt: null })],
    ['Not bound', account({ bind: { ...unbound, problem: 'the SMSC refuses the bind' } })],
    ['Off', account({ active: false, bind: { ...unbound, problem: 'it broke' } })],
  ])('is "%s"', (word, given) => {
    expect(stateOf(given, NOW).word).toBe(word);
  });

  it('says why it is not bound', () => {
    const bind = { ...unbound, problem: 'the SMSC refuses the system id or the password' };
    expect(stateOf(account({ bind }), NOW).why).toContain('refuses the system id');
  });
});

it('a second value of a secret stands under a name of its own', () => {
  expect(spareOf('authToken')).toBe('previousAuthToken');
});

describe('how sending goes', () => {
  const health = {
    accountId: 'main',
    carrier: 'twilio',
    waiting: 0,
    sent: 0,
    delivered: 40,
    failed: 0,
    unknown: 0,
    lastSentAt: null,
    reasons: [],
  };

  it.each([
    [{}, '40 sent in 24 hours · 40 delivered', false],
    [
      { waiting: 3, estimatedCost: [{ currency: 'USD', amount: '0.316' }] },
      `40 sent in 24 hours · 40 delivered · about ${moneyOf('0.316', 'USD')} · 3 waiting`,
      false,
    ],
    [{ waiting: 3, unknown: 1 }, '41 sent in 24 hours · 40 delivered · of 1 nobody knows · 3 waiting', false],
    [
      {
        failed: 10,
        reasons: [
          { errorClass: 'invalid_destination', count: 6 },
          { errorClass: null, count: 3 },
          { errorClass: 'landline', count: 1 },
        ],
      },
      '50 sent in 24 hours · 40 delivered · 10 failed (20 %: 6 × invalid destination, 3 × no reason given)',
      true,
    ],
    [
      { delivered: 1, failed: 2, reasons: [{ errorClass: 'price', count: 2 }] },
      '3 sent in 24 hours · 1 delivered · 2 failed (67 %: 2 × price)',
      false,
    ],
  ])('%j', (change, line, alarming) => {
    expect(sendingOf({ ...health, ...change })).toEqual({ line, alarming });
  });
});

it('what else an Admin looks at is said of every account, also where there is nothing of it', () => {
  const given = account({ counters: { received: 9, landed: 5, open: 0, rejected: 4, badSignatures: 1200 } });
  expect(healthOf(given, { lastSentAt: '2026-11-24T11:56:00.000Z' }, NOW)).toBe(
    'last sent 4m ago · 1,200 wrong signatures · 4 not understood',
  );
  expect(healthOf(account(), undefined, NOW)).toBe(
    'nothing sent in 24 hours · 0 wrong signatures · 0 not understood',
  );
});

it('of signatures nothing is said where we bind: there are none', () => {
  expect(healthOf(account({ bind: unbound }), undefined, NOW)).toBe(
    'nothing sent in 24 hours · 0 not understood',
  );
});
