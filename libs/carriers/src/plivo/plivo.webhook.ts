import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, CarrierMedia, CarrierStatusReport, WebhookRequest } from '../carrier.js';
import type { ErrorClass } from '../outcome.js';
import { formFields } from '../payload.js';
import { referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';

const MAX_MEDIA = 10;
/** Source: https://docs.plivo.com/docs/messaging/api/message/message-status-callbacks */
const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  queued: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  rejected: 'failed',
};
/** Source: https://docs.plivo.com/docs/messaging/troubleshooting/error-codes */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '10': 'content',
  '20': 'unreachable',
  '30': 'spam_filtered',
  '40': 'unregistered',
  '50': 'invalid_destination',
  '60': 'blocked',
  '70': 'invalid_destination',
  '80': 'unreachable',
  '90': 'unreachable',
  '100': 'blocked',
  '110': 'content',
  '200': 'opted_out',
  '201': 'blocked',
  '300': 'unreachable',
  '420': 'expired',
  '450': 'blocked',
  '451': 'blocked',
  '900': 'price',
  '910': 'credentials',
  '950': 'unregistered',
};

export function plivoErrorClass(code: string): ErrorClass {
  return Object.hasOwn(CLASSES, code) ? (CLASSES[code] ?? 'unknown') : 'unknown';
}

export function plivoStatus(raw: string): CarrierStatusReport['status'] {
  const word = raw.toLowerCase();
  return Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null;
}

/** A form or a query. Names are read in any case, because Plivo's pages and its calls differ in it. */
export function parsePlivoWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const fields = new Map([...formFields(request)].map(([name, value]) => [name.toLowerCase(), value]));
  // Of a long text each part has an id of its own; the parent's is the one that the send call told.
  const id = fields.get('parentmessageuuid') || fields.get('messageuuid');
  if (!isProviderId(id)) return fail('MessageUUID is missing or is not an id');
  const status = fields.get('status');
  return status ? readStatus(id, status.slice(0, 64), fields, request.query) : readText(id, fields);
}

function readStatus(
  id: string,
  word: string,
  fields: ReadonlyMap<string, string>,
  query: string,
): Result<readonly CarrierEvent[], string> {
  const code = fields.get('errorcode') || null;
  const errorCode = code === '000' || code === '0' ? null : code;
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: plivoStatus(word),
      rawStatus: word,
      errorCode,
      errorClass: errorCode === null ? null : plivoErrorClass(errorCode),
      description: null,
      reference: referenceOf(query),
    },
  ]);
}

function readText(id: string, fields: ReadonlyMap<string, string>): Result<readonly CarrierEvent[], string> {
  const from = normalizeAddress(fields.get('from') ?? '');
  if (from === null) return fail('From is missing or is not an address');
  const to = normalizeAddress(fields.get('to') ?? '');
  if (to === null) return fail('To is missing or is not an address');
  const media = mediaOf(fields);
  const text = fields.get('text') || (fields.get('body') ?? fields.get('text'));
  if (text === undefined && media.length === 0) return fail('there is neither a Text nor media');
  const units = Number(fields.get('units'));
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from,
      to,
      group: [],
      text: cleanText(text ?? ''),
      media,
      segments: Number.isInteger(units) && units > 0 ? units : null,
    },
  ]);
}

function mediaOf(fields: ReadonlyMap<string, string>): CarrierMedia[] {
  const urls: string[] = [];
  for (let index = 0; index <= MAX_MEDIA; index += 1) urls.push(fields.get(`media${index}`) ?? '');
  urls.push(...(fields.get('mediaurls') ?? '').replace(/^\[|\]$/g, '').split(/[\s,"']+/));
  const found = [...new Set(urls)].filter((url) => /^https?:/.test(url)).slice(0, MAX_MEDIA);
  return found.map((url) => ({ url, contentType: null }));
}
