import { createHash } from 'node:crypto';
import type { OpenAccount, OutboundText } from '../carrier.js';
import { encodeGsm, isGsmText } from '../gsm-0338.js';
import {
  accepted,
  rejected,
  throttled,
  unknownOutcome,
  type ErrorClass,
  type SendOutcome,
} from '../outcome.js';
import { textWithLinks } from '../send-answer.js';
import { isProviderId } from '../text.js';
import { smppAddress } from './smpp.address.js';
import { inAnswers } from './smpp.receipt.js';
import { statusName, type PduFields } from './wire/pdu.js';

const UDH_INDICATOR = 0x40;
/** An SMS has 140 bytes: 160 septets or 70 characters of UCS-2, fewer behind the header of a part. */
const ROOM = { gsm: { whole: 160, part: 153 }, ucs2: { whole: 70, part: 67 } } as const;
const MOST_PARTS = 255;
const UCS2 = 8;

/** One submit_sm for each SMS that it takes; with the last one the SMSC is asked for a receipt. */
export function submitsOf(message: OutboundText, account: OpenAccount): PduFields[] {
  const text = textWithLinks(message);
  const { alphabet, longTexts = 'udh' } = account.settings;
  const standard = fitsStandard(text, alphabet);
  const encode = (part: string): Buffer => (standard ? inStandard(part, alphabet) : inUcs2(part));
  const room = standard ? ROOM.gsm : ROOM.ucs2;
  const [from, to] = [smppAddress(message.from, account), smppAddress(message.to, account)];
  const common: PduFields = {
    source_addr_ton: from.ton,
    source_addr_npi: from.npi,
    source_addr: from.digits,
    dest_addr_ton: to.ton,
    dest_addr_npi: to.npi,
    destination_addr: to.digits,
    data_coding: standard ? 0 : UCS2,
  };
  const parts = cut(text, standard, room);
  const submits = parts.length === 1 || longTexts === 'payload' ? [whole(encode(text))] : parts.map(placed);
  return submits.map((one, index) => ({
    ...common,
    ...one,
    registered_delivery: index === submits.length - 1 ? 1 : 0,
  }));

  function placed(part: string, index: number): PduFields {
    const ref = createHash('sha256').update(message.messageId).digest();
    if (longTexts === 'sar') {
      return {
        short_message: encode(part),
        sar_msg_ref_num: ref.readUInt16BE(0),
        sar_total_segments: parts.length,
        sar_segment_seqnum: index + 1,
      };
    }
    const header = Buffer.of(5, 0, 3, ref.readUInt8(0), parts.length, index + 1);
    return { esm_class: UDH_INDICATOR, short_message: Buffer.concat([header, encode(part)]) };
  }
}

/** Too long for the one byte that says how long it is: then it goes into the optional parameter. */
const whole = (content: Buffer): PduFields =>
  content.length <= 254
    ? { short_message: content }
    : { short_message: Buffer.alloc(0), message_payload: content };

/** Whether the SMSC's default alphabet has all of it, and GSM 03.38, into which the SMSC turns it. */
function fitsStandard(text: string, alphabet: string | undefined): boolean {
  if (!isGsmText(text)) return false;
  return alphabet !== 'latin1' || Array.from(text).every((character) => character <= '\u00ff');
}

function inStandard(text: string, alphabet: string | undefined): Buffer {
  if (alphabet === 'latin1') return Buffer.from(text, 'latin1');
  return alphabet === 'utf8' ? Buffer.from(text, 'utf8') : encodeGsm(text);
}

const inUcs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Never within a character: not between the halves of an emoji, nor after an escape. */
function cut(text: string, standard: boolean, { whole, part }: { whole: number; part: number }): string[] {
  const lengthOf = (some: string): number => (standard ? encodeGsm(some).length : some.length);
  if (lengthOf(text) <= whole) return [text];
  const parts: string[] = [];
  let current = '';
  let length = 0;
  for (const character of text) {
    const more = lengthOf(character);
    if (length + more > part) {
      parts.push(current);
      current = '';
      length = 0;
    }
    current += character;
    length += more;
  }
  return [...parts, current];
}

/** What cannot be sent at all; null where it can. */
export function submitProblem(message: OutboundText, submits: readonly PduFields[]): SendOutcome | null {
  if (submits.length > MOST_PARTS)
    return rejected(
      null,
      'content',
      `The text would take ${submits.length} SMS; ${MOST_PARTS} is the most there can be`,
    );
  const strange = [message.from, message.to].find((address) => !/^[\x20-\x7e]{1,21}$/.test(address));
  return strange === undefined
    ? null
    : rejected(null, 'invalid_destination', `"${strange}" is no address that SMPP can carry`);
}

const THROTTLED = new Set([0x14, 0x58]);
/** System error, temporary application error: whether the text was taken nobody can say. */
const UNCERTAIN = new Set([0x08, 0x64]);
const CLASSES: Readonly<Record<number, ErrorClass>> = {
  0x01: 'content',
  0x0a: 'unregistered',
  0x0b: 'invalid_destination',
  0x33: 'invalid_destination',
  0x48: 'unregistered',
  0x49: 'unregistered',
  0x50: 'invalid_destination',
  0x51: 'invalid_destination',
};

/** What an SMSC's answer to a submit_sm means. */
export function submitOutcome(status: number, messageId: unknown, account: OpenAccount): SendOutcome {
  if (status === 0) {
    const id =
      typeof messageId === 'string' ? inAnswers(messageId.trim(), account.settings['messageIds']) : '';
    return isProviderId(id) ? accepted(id) : unknownOutcome('The SMSC took the text and gave it no id');
  }
  const name = statusName(status);
  if (THROTTLED.has(status)) return throttled(null, `The SMSC asks to slow down: ${name}`);
  if (UNCERTAIN.has(status)) return unknownOutcome(`The SMSC answered ${name}`);
  return rejected(name, CLASSES[status] ?? 'unknown', `The SMSC refuses the text: ${name}`);
}
