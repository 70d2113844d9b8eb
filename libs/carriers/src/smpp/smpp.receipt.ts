import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierStatusReport, OpenAccount } from '../carrier.js';
import type { ErrorClass } from '../outcome.js';
import { isProviderId } from '../text.js';
import type { DeliverFields } from './smpp.fields.js';

type Status = NonNullable<CarrierStatusReport['status']>;

/** The type of a message, in bits 2 to 5 of esm_class (SMPP 3.4, 5.2.12). */
const TYPE = 0x3c;
const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;

/** message_state, 5.2.28. */
const STATES: Readonly<Record<number, string>> = {
  0: 'SCHEDULED',
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
  9: 'SKIPPED',
};
/** The words of appendix B, and how some SMSCs write them. */
const STATUSES: Readonly<Record<string, Status>> = {
  ENROUTE: 'sent',
  ACCEPTD: 'sent',
  ACCEPTED: 'sent',
  BUFFERED: 'sent',
  DELIVRD: 'delivered',
  DELIVERED: 'delivered',
  UNDELIV: 'undelivered',
  UNDELIVERABLE: 'undelivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  REJECTD: 'failed',
  REJECTED: 'failed',
};

/**
 * Whether it is about a text of ours. Only what stands outside of the text counts: a customer could write the words of a
 * receipt, too.
 */
export function isReceipt({ esmClass, receiptedMessageId, messageState }: DeliverFields): boolean {
  const type = esmClass & TYPE;
  if (type === RECEIPT || type === INTERMEDIATE) return true;
  return type === 0 && receiptedMessageId !== null && messageState !== null;
}

export function readReceipt(
  fields: DeliverFields,
  account: OpenAccount,
): Result<CarrierStatusReport, string> {
  const words = wordsOf(fields.content);
  const idInText = /\bid:\s*([^\s]+)/i.exec(words)?.[1];
  const format = account.settings['messageIds'];
  const providerMessageId =
    fields.receiptedMessageId === null
      ? inReceipts(idInText, format)
      : inAnswers(fields.receiptedMessageId, format);
  if (!isProviderId(providerMessageId)) return fail('the receipt does not say which text it is about');
  const inText = /\bstat:\s*([a-z]+)/i.exec(words)?.[1]?.toUpperCase();
  const rawStatus = (fields.messageState === null ? inText : STATES[fields.messageState]) ?? inText;
  if (rawStatus === undefined) return fail('the receipt does not say what became of the text');
  const known = Object.hasOwn(STATUSES, rawStatus) ? (STATUSES[rawStatus] ?? null) : null;
  // An intermediate notification is not the end, whatever it says.
  const status = (fields.esmClass & TYPE) === INTERMEDIATE && known !== 'delivered' ? 'sent' : known;
  const isEnd = status === 'failed' || status === 'undelivered';
  return ok({
    kind: 'status',
    providerMessageId,
    status,
    rawStatus: rawStatus.slice(0, 64),
    errorCode: isEnd ? codeOf(fields, words) : null,
    errorClass: isEnd ? classOf(rawStatus) : null,
    description: null,
    reference: null,
  });
}

/** Some SMSCs write them in UCS-2 where the text was, or say so and do not, or end them with a NUL. */
const wordsOf = (content: Uint8Array): string => Buffer.from(content).toString('latin1').replaceAll('\0', '');

const classOf = (rawStatus: string): ErrorClass => (rawStatus === 'EXPIRED' ? 'expired' : 'unknown');

/** `err:` means what the carrier says it means; 000 and nothing are no error. */
function codeOf({ networkErrorCode }: DeliverFields, words: string): string | null {
  const said = /\berr:\s*([0-9a-z]+)/i.exec(words)?.[1];
  if (said !== undefined && !/^0+$/.test(said)) return said.slice(0, 16);
  return networkErrorCode === null ? null : String(networkErrorCode);
}

type Base = 10 | 16;
/** How an SMSC writes its ids: in answers, and in receipts. */
const BASES: ReadonlyMap<string | undefined, readonly [Base, Base]> = new Map([
  ['decimal', [10, 10]],
  ['hex', [16, 16]],
  ['hex-decimal', [16, 10]],
  ['decimal-hex', [10, 16]],
]);

/**
 * Some SMSCs answer with an id in hexadecimal and name it in decimal in receipts, or with zeros before it there. All
 * become decimal. What does not look like a number stays as it is.
 */
export const inAnswers = (id: string, format: string | undefined): string =>
  decimal(id, BASES.get(format)?.[0]);

const inReceipts = (id: string | undefined, format: string | undefined): string | undefined =>
  id === undefined ? undefined : decimal(id, BASES.get(format)?.[1]);

function decimal(id: string, base: Base | undefined): string {
  if (base === undefined) return id;
  if (base === 10) return /^\d+$/.test(id) ? BigInt(id).toString() : id;
  return /^[0-9a-f]+$/i.test(id) ? BigInt(`0x${id}`).toString() : id;
}
