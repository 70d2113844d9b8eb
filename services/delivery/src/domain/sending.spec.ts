import { describe, expect, it } from '@jest/globals';
import { accepted, rejected, throttled, unknownOutcome, unreachable } from '@partyline/carriers';
import { after, anAttempt, NOON, sending } from '../../test/support/replies.js';
import { blocksLater, type Attempt } from './attempt.js';
import {
  abandoned,
  afterSend,
  beforeSend,
  claimed,
  GIVE_UP_AFTER_MS,
  postponed,
  type SendFacts,
} from './sending.js';

const READY: SendFacts = { optedOut: false, account: { kind: 'ready' } };

describe('before sending', () => {
  const missing = { kind: 'unusable', description: 'The account is gone.' } as const;
  const away = { kind: 'unavailable', description: 'ingest does not answer' } as const;
  const late = after(GIVE_UP_AFTER_MS);
  it.each<[string, SendFacts, Date, object]>([
    ['all is well', READY, NOON, { kind: 'send' }],
    [
      'the customer said STOP',
      { ...READY, optedOut: true },
      NOON,
      { kind: 'refuse', change: { status: 'failed', errorClass: 'opted_out' } },
    ],
    [
      'STOP, and the account is away',
      { optedOut: true, account: away },
      NOON,
      { kind: 'refuse', change: { errorClass: 'opted_out' } },
    ],
    [
      'a day has passed',
      READY,
      late,
      { kind: 'refuse', change: { status: 'failed', errorClass: 'expired' } },
    ],
    [
      'the account is away',
      { ...READY, account: away },
      NOON,
      { kind: 'retry', description: away.description },
    ],
    [
      'the account is away for a day',
      { ...READY, account: away },
      late,
      { kind: 'refuse', change: { errorClass: 'expired' } },
    ],
    [
      'the account is gone',
      { ...READY, account: missing },
      NOON,
      {
        kind: 'refuse',
        change: { status: 'failed', errorClass: 'credentials', description: missing.description },
      },
    ],
  ])('%s', (_label, facts, now, step) => {
    expect(beforeSend(anAttempt(), facts, now)).toMatchObject(step);
  });
});

describe('claiming', () => {
  it('is for a queued attempt whose time has come, once', () => {
    const mine = claimed(anAttempt(), 'cl_1', NOON, 40_000);
    expect(mine).toMatchObject({
      state: 'sending',
      claim: { id: 'cl_1', startedAt: NOON, until: after(40_000) },
    });
    expect(mine && claimed(mine, 'cl_2', NOON, 40_000)).toBeNull();
  });

  it('notes what it will cost, anew each time', () => {
    const cost = { currency: 'USD', millionths: 7_900 };
    expect(claimed(anAttempt(), 'cl_1', NOON, 40_000, cost)?.cost).toEqual(cost);
    expect(claimed(anAttempt({ cost }), 'cl_1', NOON, 40_000)?.cost).toBeNull();
  });

  it.each<[string, Partial<Attempt>]>([
    ['not yet due', { nextAttemptAt: after(1) }],
    ['settled', { state: 'settled', status: 'sent' }],
    ['unknown', { state: 'settled', status: 'unknown' }],
  ])('is refused to an attempt that is %s', (_label, change) => {
    expect(claimed(anAttempt(change), 'cl_1', NOON, 40_000)).toBeNull();
  });
});

describe('after the send call', () => {
  const ended = { state: 'settled', claim: null } as const;
  it.each([
    [
      'accepted',
      accepted('SM1', 2),
      { ...ended, status: 'sent', providerMessageId: 'SM1', segments: 2, unlanded: true },
    ],
    [
      'rejected',
      rejected('21610', 'opted_out', 'blocked by STOP'),
      { ...ended, status: 'failed', errorClass: 'opted_out', rawCode: '21610', unlanded: true },
    ],
    [
      'rejected because the queue is full',
      rejected('21611', 'throttled', 'queue is full'),
      { state: 'queued', status: 'queued', tries: 1, nextAttemptAt: after(1_000), unlanded: false },
    ],
    [
      'throttled',
      throttled(null, 'slow down'),
      {
        state: 'queued',
        status: 'queued',
        claim: null,
        tries: 1,
        nextAttemptAt: after(1_000),
        unlanded: false,
      },
    ],
    [
      'throttled until later',
      throttled(60_000, 'slow down'),
      { state: 'queued', nextAttemptAt: after(60_000) },
    ],
    [
      'unreachable',
      unreachable('no such host'),
      { state: 'queued', status: 'queued', tries: 1, nextAttemptAt: after(1_000) },
    ],
    [
      'unknown',
      unknownOutcome('no answer'),
      { ...ended, status: 'unknown', providerMessageId: null, unlanded: true },
    ],
  ])('%s', (_label, outcome, expected) => {
    expect(afterSend(sending(), 'cl_1', outcome, NOON, 0)).toMatchObject(expected);
  });

  it.each([
    ['accepted', accepted('SM1'), 'sent'],
    ['rejected', rejected('1', 'blocked', 'no'), 'failed'],
    ['throttled', throttled(null, 'slow down'), 'failed'],
    ['unreachable', unreachable('no route'), 'failed'],
    ['unknown', unknownOutcome('no answer'), 'unknown'],
  ])('%s, but the claim ran out meanwhile: settled, never queued again', (_label, outcome, status) => {
    const ranOut = anAttempt({ state: 'settled', status: 'unknown' });
    expect(afterSend(ranOut, 'cl_1', outcome, NOON, 0)).toMatchObject({ state: 'settled', status });
  });

  it.each([
    ['accepted', accepted('SM1')],
    ['throttled', throttled(null, 'slow down')],
    ['unreachable', unreachable('connection lost')],
    ['unknown', unknownOutcome('no answer')],
  ])('%s, but the carrier told already that it was delivered: that stands', (_label, outcome) => {
    const told = sending({ status: 'delivered', providerMessageId: 'SM1' });
    expect(afterSend(told, 'cl_1', outcome, NOON, 0)).toMatchObject({
      state: 'settled',
      status: 'delivered',
      providerMessageId: 'SM1',
    });
  });

  it('has no say when the attempt is in the hands of another claim', () => {
    expect(afterSend(sending(), 'cl_other', accepted('SM1'), NOON, 0)).toBeNull();
  });

  it('gives up when the next attempt would come too late', () => {
    const now = after(GIVE_UP_AFTER_MS - 500);
    expect(afterSend(sending(), 'cl_1', throttled(null, 'slow down'), now, 0)).toMatchObject({
      state: 'settled',
      status: 'failed',
      errorClass: 'expired',
      description: expect.stringContaining('slow down'),
    });
  });
});

describe('an interrupted attempt', () => {
  it('is unknown once its claim has run out, not before', () => {
    expect(abandoned(sending(), after(39_999))).toBeNull();
    expect(abandoned(sending(), after(40_000))).toMatchObject({
      state: 'settled',
      status: 'unknown',
      unlanded: true,
    });
  });
});

describe('order', () => {
  it('a reply that waits or is being sent holds back later ones; a settled one, also an unknown one, does not', () => {
    const waiting = postponed(anAttempt(), 'ingest does not answer', NOON, 0);
    expect(waiting && blocksLater(waiting)).toBe(true);
    expect(blocksLater(sending())).toBe(true);
    expect(blocksLater(anAttempt({ state: 'settled', status: 'unknown' }))).toBe(false);
  });
});
