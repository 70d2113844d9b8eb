import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDelivered } from '../smpp.inbound.js';
import { Framer } from './framer.js';
import { decodePdu, encodePdu, statusName } from './pdu.js';

const account = { id: 'acme', publicUrl: 'https://hooks.example/', settings: {}, secrets: {} };
const text = encodePdu(
  'deliver_sm',
  {
    source_addr_ton: 1,
    source_addr: '14155550123',
    destination_addr: '12125550101',
    short_message: Buffer.from('hello'),
  },
  7,
);
/** With the id of a receipt that ends without a NUL, as many SMSCs write it, and a state behind it. */
const receipt = withParameters(text, '001e0003616263', '0427000102');

function withParameters(frame: Buffer, ...hex: string[]): Buffer {
  const whole = Buffer.concat([frame, ...hex.map((one) => Buffer.from(one, 'hex'))]);
  whole.writeUInt32BE(whole.length, 0);
  return whole;
}

describe('a PDU', () => {
  it('is read as it was written, texts as bytes', () => {
    const pdu = decodePdu(text);
    expect(pdu).toMatchObject({ ok: true, value: { command: 'deliver_sm', sequence: 7, status: 0 } });
    expect(pdu.ok && pdu.value.fields).toMatchObject({
      source_addr: '14155550123',
      short_message: Buffer.from('hello'),
    });
  });

  it('has optional parameters that end where they say, with a NUL or without', () => {
    const pdu = decodePdu(receipt);
    expect(pdu.ok && [...pdu.value.optional]).toEqual([
      [0x001e, Buffer.from('abc')],
      [0x0427, Buffer.of(2)],
    ]);
  });

  it('is refused with a reason at whatever length it breaks off', () => {
    for (let length = 0; length < text.length; length += 1) {
      const cut = decodePdu(text.subarray(0, length));
      expect({ length, ok: cut.ok }).toEqual({ length, ok: false });
    }
    const cut = decodePdu(receipt.subarray(0, receipt.length - 1));
    expect(cut).toEqual({ ok: false, error: 'it breaks off within a field' });
    expect(decodePdu(withParameters(text, '001e0005616263'))).toEqual({
      ok: false,
      error: 'it ends within an optional parameter',
    });
  });

  it('that answers may lack its body, and is sent with one', () => {
    const refusal = encodePdu('deliver_sm_resp', {}, 3, 0x64);
    expect(refusal.toString('hex')).toBe('0000001180000005000000640000000300');
    expect(decodePdu(Buffer.from('00000010800000040000005800000009', 'hex'))).toMatchObject({
      ok: true,
      value: { command: 'submit_sm_resp', status: 0x58, sequence: 9, isResponse: true },
    });
  });

  it('names its status, a number where it is the vendor’s own', () => {
    expect([statusName(0x58), statusName(0x0e), statusName(0x40b)]).toEqual([
      'ESME_RTHROTTLED',
      'ESME_RINVPASWD',
      '0x0000040b',
    ]);
  });

  it('of random bytes, or with flipped ones, gets a verdict', () => {
    const verdict = (frame: Uint8Array): void => {
      const pdu = decodePdu(frame);
      if (!pdu.ok) return expect(pdu.error.length).toBeGreaterThan(5);
      const read = readDelivered(pdu.value, account);
      if (!read.ok) expect(read.error.length).toBeGreaterThan(5);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), verdict));
    const command = fc.constantFrom(0x5, 0x103, 0x21, 0x80000004, 0x112, 0x113, 0x3, 0x102);
    fc.assert(
      fc.property(command, fc.uint8Array({ maxLength: 300 }), (id, body) => {
        const header = Buffer.alloc(16);
        header.writeUInt32BE(16 + body.length, 0);
        header.writeUInt32BE(id, 4);
        verdict(Buffer.concat([header, body]));
      }),
    );
    const flips = fc.array(fc.tuple(fc.nat(receipt.length - 17), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(flips, (flips) => {
        const flipped = Buffer.from(receipt);
        for (const [at, flip] of flips) flipped.writeUInt8((flipped[16 + at] ?? 0) ^ flip, 16 + at);
        verdict(flipped);
      }),
    );
  });
});

describe('a stream', () => {
  it('is the same frames however it is cut', () => {
    const frames = [text, receipt, encodePdu('enquire_link', {}, 1)];
    const stream = Buffer.concat(frames);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const framer = new Framer();
        const found: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          found.push(...framer.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(found).toEqual(frames);
      }),
    );
  });

  it.each(['00000004', '00000000', '7fffffff', '48545450'])('that begins with %s is not SMPP', (hex) => {
    expect(() => new Framer().push(Buffer.from(hex, 'hex'))).toThrow('this is not SMPP');
  });

  it('may carry the longest payload there is', () => {
    const long = encodePdu('deliver_sm', { source_addr: '1', message_payload: Buffer.alloc(65_535, 'x') }, 1);
    const [frame = Buffer.alloc(0)] = new Framer().push(long);
    const pdu = decodePdu(frame);
    expect(pdu.ok && pdu.value.optional.get(0x0424)?.length).toBe(65_535);
  });
});
