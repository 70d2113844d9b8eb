import { fail, ok, type Result } from '@partyline/kernel';
import { smpp } from './smpp-package.js';

/** Four header fields of four bytes: length, command, status, sequence number. */
export const HEADER_BYTES = 16;
/** A `message_payload` may have 64 KiB; what claims to be longer is not SMPP. */
export const MOST_FRAME_BYTES = 72 * 1024;

/** One unit of SMPP as it was read. Texts are bytes: what they mean depends on the account. */
export interface Pdu {
  /** As in `deliver_sm`; `unknown` where there is no such command. */
  readonly command: string;
  readonly status: number;
  readonly sequence: number;
  readonly isResponse: boolean;
  /** The fields that every PDU of its kind has, by name. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Optional parameters by tag. The package reads some of them beyond their end. */
  readonly optional: ReadonlyMap<number, Uint8Array>;
}

export type PduFields = Readonly<Record<string, number | string | Uint8Array>>;

smpp.PDU.maxLength = MOST_FRAME_BYTES;

/** The package would decode texts as it thinks best, which cannot be undone. */
class PlainPdu extends smpp.PDU {
  override _filter(): void {}
}

/** A whole frame; the reason says what is wrong with it. Never throws. */
export function decodePdu(frame: Uint8Array): Result<Pdu, string> {
  if (frame.length < HEADER_BYTES) return fail('it is shorter than a header');
  try {
    const pdu = new PlainPdu(Buffer.from(frame));
    const { command, command_status: status, sequence_number: sequence } = pdu;
    const fields = pdu as unknown as Readonly<Record<string, unknown>>;
    const isResponse = pdu.isResponse();
    const optional = optionalOf(frame, command, fields, isResponse);
    return optional.ok
      ? ok({ command, status, sequence, isResponse, fields, optional: optional.value })
      : optional;
  } catch {
    // The package reads over the end of the frame, or of a parameter that is shorter than its kind.
    return fail('it breaks off within a field');
  }
}

export function encodePdu(command: string, fields: PduFields, sequence: number, status = 0): Buffer {
  const frame = new PlainPdu(command, { ...fields, sequence_number: sequence }).toBuffer();
  // With a status the package would leave out the body, without which some SMSCs take no answer.
  frame.writeUInt32BE(status, 8);
  return frame;
}

export const frameSequence = (frame: Uint8Array): number => Buffer.from(frame).readUInt32BE(12);
export const frameCommand = (frame: Uint8Array): number => Buffer.from(frame).readUInt32BE(4);

const NAMES = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]));

/** `ESME_RTHROTTLED`, or the number where it is a vendor's own. */
export const statusName = (status: number): string =>
  NAMES.get(status) ?? `0x${status.toString(16).padStart(8, '0')}`;

/** The optional parameters; fails where a frame ends before what it promises, which the package does not notice. */
function optionalOf(
  frame: Uint8Array,
  command: string,
  fields: Readonly<Record<string, unknown>>,
  isResponse: boolean,
): Result<Map<number, Uint8Array>, string> {
  const optional = new Map<number, Uint8Array>();
  let offset = HEADER_BYTES;
  for (const [name, { type }] of Object.entries(smpp.commands[command]?.params ?? {})) {
    if (offset >= frame.length) return isResponse ? ok(optional) : fail(`it ends before ${name}`);
    const value = fields[name];
    if (value instanceof Uint8Array && frame[offset] !== value.length) return fail(`it ends within ${name}`);
    offset += type.size(value);
  }
  if (offset > frame.length) return fail('it ends within a text field');
  if (command === 'unknown') return ok(optional);
  const bytes = Buffer.from(frame);
  while (offset + 4 <= frame.length) {
    const start = offset + 4;
    const end = start + bytes.readUInt16BE(offset + 2);
    if (end > frame.length) return fail('it ends within an optional parameter');
    optional.set(bytes.readUInt16BE(offset), bytes.subarray(start, end));
    offset = end;
  }
  return ok(optional);
}
