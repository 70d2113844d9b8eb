import { describe, expect, it } from '@jest/globals';
import { encodeGsm } from '../gsm-0338.js';
import { readDelivered } from './smpp.inbound.js';
import { decodePdu, encodePdu, type PduFields } from './wire/pdu.js';

type Words = Record<string, string>;
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function read(fields: PduFields, settings: Words = {}, extra = '', command = 'deliver_sm') {
  const frame = Buffer.concat([encodePdu(command, { ...base, ...fields }, 1), Buffer.from(extra, 'hex')]);
  frame.writeUInt32BE(frame.length, 0);
  const pdu = decodePdu(frame);
  if (!pdu.ok) throw new Error(pdu.error);
  return readDelivered(pdu.value, { id: 'acme', publicUrl: 'https://hooks.example', settings, secrets: {} });
}
const base = {
  source_addr_ton: 1,
  source_addr_npi: 1,
  source_addr: '14155550123',
  dest_addr_ton: 1,
  destination_addr: '12125550101',
};
function textOf(fields: PduFields, settings: Words = {}, extra = '') {
  const found = read(fields, settings, extra);
  if (!found.ok || found.value.kind !== 'text') throw new Error(JSON.stringify(found));
  return found.value;
}
function reportOf(fields: PduFields, settings: Words = {}, extra = '') {
  const found = read(fields, settings, extra);
  if (!found.ok || found.value.kind !== 'report') throw new Error(JSON.stringify(found));
  return found.value.report;
}

describe('the text of a deliver_sm', () => {
  it.each<readonly [string, Buffer, number, Words, string]>([
    ['GSM 03.38', encodeGsm('Grüße @ 5€ {x}'), 0, {}, 'Grüße @ 5€ {x}'],
    ['Latin 1 as the default', Buffer.from('Grüße', 'latin1'), 0, { alphabet: 'latin1' }, 'Grüße'],
    ['UTF-8 as the default', Buffer.from('Grüße'), 0, { alphabet: 'utf8' }, 'Grüße'],
    ['Latin 1 where GSM was promised', Buffer.from('Grüße', 'latin1'), 0, {}, 'Grüße'],
    ['UTF-8 where GSM was promised', Buffer.from('Grüße'), 0, {}, 'Grüße'],
    ['ASCII', Buffer.from('a@b_$'), 1, {}, 'a@b_$'],
    ['Latin 1', Buffer.from('Grüße', 'latin1'), 3, {}, 'Grüße'],
    ['UCS-2', utf16('👋 Привет'), 8, {}, '👋 Привет'],
    ['UCS-2 of class 0', utf16('Привет'), 0x18, {}, 'Привет'],
    ['GSM of class 1', encodeGsm('@ä'), 0xf1, {}, '@ä'],
    ['Cyrillic', Buffer.from('bfe0d8d2d5e2', 'hex'), 6, {}, 'Привет'],
    ['Hebrew', Buffer.from('f9ece5ed', 'hex'), 7, {}, 'שלום'],
    ['Korean', Buffer.from('b0a1', 'hex'), 0x0e, {}, '가'],
    ['binary', Buffer.of(1, 2, 3), 4, {}, '(A message of 3 bytes that is no text.)'],
    ['binary of class 2', Buffer.of(1, 2), 0xf6, {}, '(A message of 2 bytes that is no text.)'],
    ['edge spaces', encodeGsm(' x '), 0, {}, ' x '],
    ['nothing', Buffer.alloc(0), 0, {}, ''],
  ])('is read from %s', (_name, short_message, data_coding, settings, text) => {
    expect(textOf({ short_message, data_coding }, settings).text.text).toBe(text);
  });

  it('may lie in message_payload, and come as data_sm', () => {
    expect(textOf({ short_message: Buffer.alloc(0), message_payload: Buffer.from('long') }).text.text).toBe(
      'long',
    );
    expect(read({ message_payload: Buffer.from('data') }, {}, '', 'data_sm')).toMatchObject({
      value: { kind: 'text', text: { text: 'data', from: '+14155550123' } },
    });
  });

  it.each<readonly [string, string, number, string, object | null]>([
    ['8 bits', '050003cc0302', 0x40, '', { ref: '204', total: 3, number: 2 }],
    ['16 bits', '06080412340201', 0x40, '', { ref: '4660', total: 2, number: 1 }],
    ['8 bits behind a port', '0b05040b8423f00003070202', 0x40, '', { ref: '7', total: 2, number: 2 }],

    ['SAR', '', 0, '020c00020102020e000103020f000101', { ref: '258', total: 3, number: 1 }],
    ['a part that is none', '050003cc0305', 0x40, '', null],
    ['a text of one part', '050003cc0101', 0x40, '', null],
  ])('knows its place by a reference of %s', (_name, header, esm_class, extra, part) => {
    const short_message = Buffer.concat([Buffer.from(header, 'hex'), encodeGsm('part')]);
    const { text } = textOf({ short_message, esm_class }, {}, extra);
    if (part !== null) expect(text).toMatchObject({ text: 'part', part });
    else expect(text.part).toBeNull();
  });

  it('keeps its bytes where its header is longer than itself', () => {
    expect(textOf({ short_message: Buffer.from('zabc'), esm_class: 0x40 }).text).toMatchObject({
      text: 'zabc',
    });
  });
});

describe('an address', () => {
  it.each<readonly [number, string, Words, string]>([
    [1, '4915112345678', {}, '+4915112345678'],
    [1, '+4915112345678', {}, '+4915112345678'],
    [1, '004915112345678', {}, '+4915112345678'],
    [0, '4915112345678', {}, '+4915112345678'],
    [2, '015112345678', { country: 'DE' }, '+4915112345678'],
    [3, '72345', {}, '72345'],
    [5, 'My Bank', {}, 'My Bank'],
  ])('with type of number %i and digits %s', (source_addr_ton, source_addr, settings, from) => {
    const { text } = textOf({ source_addr_ton, source_addr, short_message: Buffer.from('x') }, settings);
    expect(text.from).toBe(from);
  });

  it('of ours that is missing is the one in the settings; of theirs it is a refusal', () => {
    const short_message = Buffer.from('x');
    expect(textOf({ destination_addr: '', short_message }, { number: '+12125550199' }).text.to).toBe(
      '+12125550199',
    );
    expect(read({ source_addr: '', short_message })).toEqual({
      ok: false,
      error: 'source_addr is missing or is not an address',
    });
  });
});

describe('the same text handed over again', () => {
  const short_message = Buffer.from('hello');
  const first = textOf({ short_message });
  it('has the same fingerprint, whatever changes on the way', () => {
    expect(textOf({ short_message, priority_flag: 2, protocol_id: 1 }).fingerprint).toBe(first.fingerprint);
    expect(textOf({ short_message }, {}, '14010004deadbeef').fingerprint).toBe(first.fingerprint);
  });
  it.each<readonly [string, PduFields]>([
    ['words', { short_message: Buffer.from('Hello') }],
    ['phone', { short_message, source_addr: '14155550124' }],
    ['number', { short_message, destination_addr: '12125550102' }],
  ])('has another one with other %s', (_name, fields) => {
    expect(textOf(fields).fingerprint).not.toBe(first.fingerprint);
  });
  it('has another one where the SMSC gives it another id', () => {
    const [one, same, other] = ['001e00026131', '001e0003613100', '001e00026132'].map(
      (id) => textOf({ short_message }, {}, id).fingerprint,
    );
    expect(one).toBe(same);
    expect(new Set([one, other, first.fingerprint]).size).toBe(3);
  });
});

describe('a receipt', () => {
  const said = (stat: string, id = '0123', err = '000') =>
    Buffer.from(
      `id:${id} sub:001 dlvrd:001 submit date:2611301200 done date:2611301201 stat:${stat} err:${err} text:hi`,
    );
  it.each<readonly [string, string, string | null, string | null]>([
    ['DELIVRD', '000', 'delivered', null],
    ['EXPIRED', '000', 'undelivered', 'expired'],
    ['DELETED', '000', 'undelivered', 'unknown'],
    ['UNDELIV', '01b', 'undelivered', 'unknown'],
    ['ACCEPTD', '000', 'sent', null],
    ['ENROUTE', '000', 'sent', null],
    ['REJECTD', '099', 'failed', 'unknown'],
    ['UNKNOWN', '000', null, null],
    ['WONDROUS', '000', null, null],
  ])('in words says %s, err %s', (stat, err, status, errorClass) => {
    const report = reportOf({ esm_class: 4, short_message: said(stat, '0123', err) });
    const errorCode = errorClass !== null && err !== '000' ? err : null;
    expect(report).toMatchObject({
      providerMessageId: '0123',
      rawStatus: stat,
      status,
      errorClass,
      errorCode,
    });
  });

  it.each<readonly [string, string, string]>([
    ['delivered', '0002', 'DELIVRD'],
    ['undelivered', '0005', 'UNDELIV'],
  ])('in optional parameters says %s, and is believed before the words', (status, state, rawStatus) => {
    const extra = `001e000361623004270001${state.slice(2)}0423000303022b`;
    const report = reportOf({ esm_class: 4, short_message: said('ACCEPTD') }, {}, extra);
    expect(report).toMatchObject({ providerMessageId: 'ab0', status, rawStatus });
    expect(report.errorCode).toBe(status === 'undelivered' ? '555' : null);
  });

  it('is one by its parameters even where esm_class does not say so, and never by its words alone', () => {
    expect(reportOf({ short_message: Buffer.alloc(0) }, {}, '001e000261620427000102')).toBeDefined();
    expect(textOf({ short_message: said('DELIVRD') }).text.text).toContain('stat:DELIVRD');
  });

  it.each([
    ['UCS-2', 8, Buffer.from(said('DELIVRD').toString(), 'utf16le').swap16()],
    ['single bytes that are called UCS-2', 8, said('DELIVRD')],
    [
      'words that end with a NUL',
      0,
      Buffer.concat([said('UNKNOWN', '0123').subarray(0, 7), Buffer.from('\0 stat:DELIVRD\0')]),
    ],
  ])('is read in %s', (_name, data_coding, short_message) => {
    expect(reportOf({ esm_class: 4, data_coding, short_message })).toMatchObject({
      providerMessageId: '0123',
      status: 'delivered',
    });
  });

  it('may stand in the parameter for long texts', () => {
    const words = said('DELIVRD');
    const extra = `0424${words.length.toString(16).padStart(4, '0')}${words.toString('hex')}`;
    expect(reportOf({ esm_class: 4, short_message: Buffer.alloc(0) }, {}, extra).status).toBe('delivered');
  });

  it('on the way is no end', () => {
    expect(reportOf({ esm_class: 0x20, short_message: said('UNDELIV') }).status).toBe('sent');
  });

  it.each<readonly [string, string, string, string]>([
    ['hex-decimal', '0000419431', '', '419431'],
    ['decimal-hex', '66667', '', '419431'],
    ['same', '0000419431', '', '0000419431'],
    ['decimal', '0000419431', '', '419431'],
    ['hex', '00066667', '', '419431'],
    ['hex', '0006666A', '', '419434'],
    ['hex-decimal', '1', '001e00053636363637', '419431'],
  ])('with ids %s: %s', (messageIds, id, extra, expected) => {
    const padded = extra === '' ? '' : '001e00053636363637';
    expect(
      reportOf({ esm_class: 4, short_message: said('DELIVRD', id) }, { messageIds }, padded),
    ).toMatchObject({
      providerMessageId: expected,
    });
  });

  it('without an id or a state is refused', () => {
    expect(read({ esm_class: 4, short_message: Buffer.from('stat:DELIVRD') }).ok).toBe(false);
    expect(read({ esm_class: 4, short_message: Buffer.from('id:1') }).ok).toBe(false);
  });
});
