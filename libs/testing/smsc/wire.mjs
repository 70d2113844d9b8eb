// SMPP 3.4 as an SMSC reads and writes it, from the standard alone: it shares nothing with what it tests.

export const COMMANDS = {
  generic_nack: 0x80000000,
  bind_receiver: 0x1,
  bind_transmitter: 0x2,
  submit_sm: 0x4,
  deliver_sm: 0x5,
  unbind: 0x6,
  bind_transceiver: 0x9,
  enquire_link: 0x15,
  data_sm: 0x103,
};
const RESPONSE = 0x80000000;

/** A frame: header and body. */
export function frame(command, sequence, body = Buffer.alloc(0), status = 0) {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(16 + body.length, 0);
  header.writeUInt32BE(command, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

export const response = ({ command, sequence }, status = 0, body = Buffer.alloc(0)) =>
  frame((command | RESPONSE) >>> 0, sequence, body, status);

export const words = (text) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.of(0)]);

/** Cuts what came in into PDUs; `rest` is the beginning of the next one. */
export function split(bytes) {
  const pdus = [];
  let rest = bytes;
  while (rest.length >= 16 && rest.length >= rest.readUInt32BE(0)) {
    const length = rest.readUInt32BE(0);
    const command = rest.readUInt32BE(4);
    pdus.push({
      command: (command & 0x7fffffff) >>> 0,
      isResponse: command >= RESPONSE,
      status: rest.readUInt32BE(8),
      sequence: rest.readUInt32BE(12),
      body: rest.subarray(16, length),
    });
    rest = rest.subarray(length);
  }
  return { pdus, rest };
}

/** Reads a body from its beginning. */
export class Reader {
  constructor(body) {
    this.body = body;
    this.at = 0;
  }

  words() {
    const end = this.body.indexOf(0, this.at);
    const text = this.body.toString('latin1', this.at, end);
    this.at = end + 1;
    return text;
  }

  byte() {
    this.at += 1;
    return this.body[this.at - 1];
  }

  bytes(length) {
    this.at += length;
    return this.body.subarray(this.at - length, this.at);
  }

  /** Optional parameters, by tag. */
  optional() {
    const found = {};
    while (this.at + 4 <= this.body.length) {
      const tag = this.body.readUInt16BE(this.at);
      const length = this.body.readUInt16BE(this.at + 2);
      this.at += 4;
      found[tag] = this.bytes(length);
    }
    return found;
  }
}

export function readBind(body) {
  const reader = new Reader(body);
  return { systemId: reader.words(), password: reader.words(), systemType: reader.words() };
}

export function readSubmit(body) {
  const reader = new Reader(body);
  reader.words();
  const from = { ton: reader.byte(), npi: reader.byte(), digits: reader.words() };
  const to = { ton: reader.byte(), npi: reader.byte(), digits: reader.words() };
  const esmClass = reader.byte();
  reader.bytes(2);
  reader.words();
  reader.words();
  const registered = reader.byte();
  reader.byte();
  const coding = reader.byte();
  reader.byte();
  const content = reader.bytes(reader.byte());
  const optional = reader.optional();
  return { from, to, esmClass, registered, coding, content, optional };
}

/** The body of a deliver_sm or data_sm. `content` and the values of `optional` are hexadecimal. */
export function deliverBody(given) {
  const { from, to, fromTon = 1, toTon = 1, esmClass = 0, coding = 0, content = '', optional = {} } = given;
  const bytes = Buffer.from(content, 'hex');
  const parameters = Object.entries(optional).map(([tag, value]) => {
    const data = Buffer.from(value, 'hex');
    const head = Buffer.alloc(4);
    head.writeUInt16BE(Number(tag), 0);
    head.writeUInt16BE(data.length, 2);
    return Buffer.concat([head, data]);
  });
  const addresses = [Buffer.of(fromTon, 1), words(from), Buffer.of(toTon, 1), words(to)];
  const rest =
    given.command === 'data_sm'
      ? [Buffer.of(esmClass, 0, coding)]
      : [Buffer.of(esmClass, 0, 0), words(''), words(''), Buffer.of(0, 0, coding, 0, bytes.length), bytes];
  return Buffer.concat([words(''), ...addresses, ...rest, ...parameters]);
}
