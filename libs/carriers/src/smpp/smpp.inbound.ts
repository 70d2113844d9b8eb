import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierMessage, CarrierStatusReport, OpenAccount } from '../carrier.js';
import { decodeByCoding, isBinaryCoding } from '../data-coding.js';
import { ourNumber } from '../our-number.js';
import { cleanText } from '../text.js';
import { readAddress } from './smpp.address.js';
import { partOf, unwrap } from './smpp.header.js';
import { deliverFields, type DeliverFields } from './smpp.fields.js';
import { isReceipt, readReceipt } from './smpp.receipt.js';
import type { Pdu } from './wire/pdu.js';

/** Something that an SMSC handed over. */
export type Delivered =
  | { readonly kind: 'report'; readonly report: CarrierStatusReport }
  | {
      readonly kind: 'text';
      /** The same for the same text from the same phone, also when it is handed over again. */
      readonly fingerprint: string;
      readonly text: Omit<CarrierMessage, 'providerMessageId'>;
    };

export function readDelivered(pdu: Pdu, account: OpenAccount): Result<Delivered, string> {
  const fields = deliverFields(pdu);
  if (isReceipt(fields)) {
    const report = readReceipt(fields, account);
    return report.ok ? ok({ kind: 'report', report: report.value }) : report;
  }
  const from = readAddress(fields.from, account);
  if (from === null) return fail('source_addr is missing or is not an address');
  const to = ourNumber(readAddress(fields.to, account), account);
  const { content, part } = unwrap(fields.content, fields.esmClass);
  const text = isBinaryCoding(fields.dataCoding)
    ? `(A message of ${content.length} bytes that is no text.)`
    : decodeByCoding(Buffer.from(content), fields.dataCoding, account.settings['alphabet']);
  const place = part ?? (fields.sar && partOf(fields.sar.ref, fields.sar.total, fields.sar.number));
  return ok({
    kind: 'text',
    fingerprint: fingerprintOf(fields),
    text: {
      kind: 'message',
      from,
      to,
      group: [],
      text: cleanText(text),
      media: [],
      segments: null,
      part: place,
    },
  });
}

/** Of what makes a text this text: not of priorities, times and counters, which change from one try to the next. */
function fingerprintOf(fields: DeliverFields): string {
  const { from, to, esmClass, dataCoding, content, sar, userMessageReference, receiptedMessageId } = fields;
  const hash = createHash('sha256');
  const parts = [
    from.digits,
    to.digits,
    esmClass,
    dataCoding,
    userMessageReference,
    receiptedMessageId,
    sar && Object.values(sar),
  ];
  return hash.update(JSON.stringify(parts)).update(content).digest('base64url').slice(0, 22);
}
