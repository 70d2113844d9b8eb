import { describe, expect, it } from '@jest/globals';
import { fieldsIn, linesOf, mainSecrets, spareOf, stateOf } from './carrier-accounts.js';

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

describe('the state of a carrier account', () => {
  it.each([
    ['On', account()],
    ['Off', account({ active: false })],
    ['Quiet for a day', account({ lastWebhookAt: '2026-11-23T11:00:00.000Z' })],
    ['Nothing came yet', account({ lastWebhookAt: null, ...counters(0, 0) })],
    ['Failing', account({ lastWebhookAt: null, ...counters(0, 3) })],
    ['On', account(counters(5, 3))],
  ])('is "%s"', (word, given) => {
    expect(stateOf(given, NOW).word).toBe(word);
  });
});

describe('settings as lines', () => {
  it('are read as they are shown, a value may hold an equals sign, and half a line is none', () => {
    const fields = { accountSid: 'AC1', key: 'a=b==' };
    expect(fieldsIn(linesOf(fields))).toEqual(fields);
    expect(fieldsIn(' accountSid =  AC1 \n\nnothing\n= x\nempty =')).toEqual({ accountSid: 'AC1' });
  });
});

describe('secrets', () => {
  it('are listed without their second values, which have names of their own', () => {
    expect(mainSecrets(['authToken', 'previousAuthToken'])).toEqual(['authToken']);
    expect(spareOf('authToken')).toBe('previousAuthToken');
  });
});
