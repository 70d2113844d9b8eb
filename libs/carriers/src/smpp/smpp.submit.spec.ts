import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeGsm, decodeUcs2 } from '../gsm-0338.js';
import { ALL_CARRIERS } from '../registry.js';
import { smppAccountProblem } from './smpp.account.js';
import { smpp } from './smpp.carrier.js';
import { submitOutcome, submitProblem, submitsOf } from './smpp.submit.js';

type Words = Record<string, string>;
const settings: Words = { host: 'smpp.example.com', systemId: 'acme' };
const account = (more: Words = {}) => ({
  id: 'acme',
  publicUrl: 'https://hooks.example',
  settings: { ...settings, ...more },
  secrets: { bindPassword: 'secret' },
});
const message = (text: string, change = {}) => ({
  messageId: 'ms_1',
  from: '+12125550101',
  to: '+14155550123',
  text,
  media: [],
  at: new Date(0),
  ...change,
});
const bytesOf = (fields: Record<string, unknown>): Buffer => fields['short_message'] as Buffer;

describe('a reply as submit_sm', () => {
  it('goes to an E.164 number in GSM 03.38 and asks for a receipt', () => {
    expect(submitsOf(message('Hi @ €'), account())).toEqual([
      {
        source_addr_ton: 1,
        source_addr_npi: 1,
        source_addr: '12125550101',
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: '14155550123',
        data_coding: 0,
        short_message: Buffer.from('48692000201b65', 'hex'),
        registered_delivery: 1,
      },
    ]);
  });

  it.each<readonly [string, Words, object]>([
    ['72345', {}, { source_addr_ton: 3, source_addr_npi: 0, source_addr: '72345' }],
    ['72345', { shortCodeTon: '6', shortCodeNpi: '9' }, { source_addr_ton: 6, source_addr_npi: 9 }],
    ['My Bank', {}, { source_addr_ton: 5, source_addr_npi: 0, source_addr: 'My Bank' }],
  ])('from %s', (from, more, expected) => {
    expect(submitsOf(message('x', { from }), account(more))[0]).toMatchObject(expected);
  });

  it.each<readonly [string, Words, number, string]>([
    ['Привет', {}, 8, '041f04400438043204350442'],
    ['Grüße', { alphabet: 'latin1' }, 0, '4772fcdf65'],
    ['5 €', { alphabet: 'latin1' }, 8, '0035002020ac'],
    ['Grüße', { alphabet: 'utf8' }, 0, '4772c3bcc39f65'],
  ])('%s is sent in the alphabet that has it', (text, more, data_coding, hex) => {
    expect(submitsOf(message(text), account(more))).toMatchObject([
      { data_coding, short_message: Buffer.from(hex, 'hex') },
    ]);
  });

  it.each<readonly [string, number]>([
    ['x'.repeat(160), 1],
    ['x'.repeat(161), 2],
    ['x'.repeat(306), 2],
    ['x'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['я'.repeat(70), 1],
    ['я'.repeat(71), 2],
    ['👋'.repeat(36), 2],
  ])('%s… takes %i SMS', (text, count) => {
    expect(submitsOf(message(text), account())).toHaveLength(count);
  });

  it('that is long can be put together again, and no part is longer than an SMS', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), fc.boolean(), (text, sar) => {
        const parts = submitsOf(message(text), account(sar ? { longTexts: 'sar' } : {}));
        const contents = parts.map((part) =>
          part['esm_class'] === 0x40 ? bytesOf(part).subarray(6) : bytesOf(part),
        );
        const decode = parts[0]?.['data_coding'] === 8 ? decodeUcs2 : decodeGsm;
        expect(contents.map((one) => decode(one)).join('')).toBe(text);
        const unit = parts[0]?.['data_coding'] === 8 ? 140 : 160;
        for (const part of parts) expect(bytesOf(part).length).toBeLessThanOrEqual(unit);
        expect(parts.map((part) => part['registered_delivery'])).toEqual(
          parts.map((_part, index) => (index === parts.length - 1 ? 1 : 0)),
        );
      }),
    );
  });

  it('marks its parts as the account says', () => {
    const long = 'x'.repeat(200);
    const [first, second] = submitsOf(message(long), account());
    expect([first, second].map((one) => bytesOf(one ?? {}).subarray(0, 6))).toEqual([
      Buffer.of(5, 0, 3, bytesOf(first ?? {})[3] ?? 0, 2, 1),
      Buffer.of(5, 0, 3, bytesOf(first ?? {})[3] ?? 0, 2, 2),
    ]);
    expect(submitsOf(message(long), account({ longTexts: 'sar' }))).toMatchObject([
      { sar_total_segments: 2, sar_segment_seqnum: 1 },
      { sar_total_segments: 2, sar_segment_seqnum: 2 },
    ]);
    expect(submitsOf(message('x'.repeat(300)), account({ longTexts: 'payload' }))).toMatchObject([
      { short_message: Buffer.alloc(0), message_payload: Buffer.from('x'.repeat(300)) },
    ]);
  });

  it('has links in place of pictures', () => {
    const [only] = submitsOf(message('See', { media: ['https://hooks.example/media/1'] }), account());
    expect(decodeGsm(bytesOf(only ?? {}))).toBe('See\nhttps://hooks.example/media/1');
  });

  it('that cannot be carried is refused before anything is sent', () => {
    const to = message('x', { to: 'whatsapp:+14155550123-and-more' });
    expect(submitProblem(to, [])).toMatchObject({ kind: 'rejected', errorClass: 'invalid_destination' });
    const long = message('я'.repeat(20_000));
    expect(submitProblem(long, submitsOf(long, account()))).toMatchObject({ errorClass: 'content' });
    expect(submitProblem(message('x'), [{}])).toBeNull();
  });
});

describe("the SMSC's answer", () => {
  it.each<readonly [number, object]>([
    [0x00, { kind: 'accepted', providerId: 'a1' }],
    [0x58, { kind: 'throttled', retryable: true }],
    [0x14, { kind: 'throttled', retryable: true }],
    [0x08, { kind: 'unknown', retryable: false }],
    [0x64, { kind: 'unknown', retryable: false }],
    [0x0b, { kind: 'rejected', errorClass: 'invalid_destination', code: 'ESME_RINVDSTADR' }],
    [0x0a, { kind: 'rejected', errorClass: 'unregistered' }],
    [0x01, { kind: 'rejected', errorClass: 'content' }],
    [0x45, { kind: 'rejected', errorClass: 'unknown', code: 'ESME_RSUBMITFAIL' }],
    [0x40b, { kind: 'rejected', code: '0x0000040b' }],
  ])('0x%i', (status, outcome) => {
    expect(submitOutcome(status, 'a1', account())).toMatchObject(outcome);
  });

  it('gives the id as receipts will name it', () => {
    const hex = account({ messageIds: 'hex-decimal' });
    expect(submitOutcome(0, '66667', hex)).toMatchObject({ providerId: '419431' });
    expect(submitOutcome(0, 'not hex', hex).kind).toBe('unknown');
    expect(submitOutcome(0, '', account()).kind).toBe('unknown');
  });

  it('is never a reason to send again, except where it asks to slow down', () => {
    fc.assert(
      fc.property(fc.nat(), (status) => {
        expect(submitOutcome(status, 'a1', account()).retryable).toBe(status === 0x58 || status === 0x14);
      }),
    );
  });
});

describe('an account', () => {
  const complete = ['bindPassword'];
  it('that is complete has no problem, and is among the carriers', () => {
    expect(smppAccountProblem(settings, complete)).toBeNull();
    expect(ALL_CARRIERS).toContain(smpp);
  });

  it.each<readonly [string, Words, readonly string[]]>([
    ['settings.host', { systemId: 'acme' }, complete],
    ['settings.host', { ...settings, host: 'smpp://x' }, complete],
    ['settings.host', { ...settings, host: 'a b' }, complete],
    ['settings.port', { ...settings, port: '0' }, complete],
    ['settings.port', { ...settings, port: 'x' }, complete],
    ['settings.systemId', { host: 'x.example' }, complete],
    ['settings.systemType', { ...settings, systemType: 'x'.repeat(40) }, complete],
    ['settings.tls', { ...settings, tls: 'maybe' }, complete],
    ['settings.alphabet', { ...settings, alphabet: 'ebcdic' }, complete],
    ['settings.longTexts', { ...settings, longTexts: 'cut' }, complete],
    ['settings.messageIds', { ...settings, messageIds: 'octal' }, complete],
    ['settings.shortCodeTon', { ...settings, shortCodeTon: 'x' }, complete],
    ['settings.country', { ...settings, country: 'Germany' }, complete],
    ['secrets.bindPassword', settings, []],
  ])('is told what is wrong with %s', (name, given, secretNames) => {
    expect(smppAccountProblem(given, secretNames)).toContain(name);
  });

  it('is asked for what is checked', () => {
    const asked = smpp.guide.fields.map(({ name }) => name);
    for (const name of Object.keys(settings)) expect(asked).toContain(name);
    const required = smpp.guide.fields.filter(({ required }) => required).map(({ name }) => name);
    expect(required).toEqual(['host', 'systemId', 'bindPassword']);
  });
});
