import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, CarrierMedia, CarrierStatusReport, WebhookRequest } from '../carrier.js';
import { readTime } from '../fields.js';
import { contentType, formFields, jsonBody, parseJson } from '../payload.js';
import { referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';
import { messagebirdErrorClass } from './messagebird.errors.js';

/** Source: https://developers.messagebird.com/api/sms-messaging/#handle-a-status-report */
const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  scheduled: 'queued',
  buffered: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  expired: 'undelivered',
  delivery_failed: 'undelivered',
};

const FAILED = new Set(['expired', 'delivery_failed']);

type Fields = readonly (readonly [name: string, value: string])[];

/** A form, a query or flat JSON. The case of names varies; of a name that repeats, the last value counts. */
export function parseMessagebirdWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const fields = fieldsOf(request);
  if (!fields.ok) return fields;
  const values = new Map(fields.value);
  const status = values.get('status');
  if (status && (request.method === 'GET' || !values.has('originator') || values.has('statusdatetime'))) {
    return readStatus(status.slice(0, 64), values);
  }
  return readText(values, fields.value);
}

function fieldsOf(request: WebhookRequest): Result<Fields, string> {
  if (request.method === 'POST' && contentType(request).includes('json')) {
    const json = jsonBody(request);
    if (!json.ok) return json;
    if (typeof json.value !== 'object' || json.value === null) return fail('the JSON body is not an object');
    return ok(
      Object.entries(json.value).flatMap(([name, value]: [string, unknown]) => {
        if (Array.isArray(value)) return [[name.toLowerCase(), JSON.stringify(value)] as const];
        return typeof value === 'string' || typeof value === 'number'
          ? [[name.toLowerCase(), String(value)] as const]
          : [];
      }),
    );
  }
  const form = [...formFields(request)];
  const query = request.method === 'POST' ? [...new URLSearchParams(request.query)] : [];
  return ok([...query, ...form].map(([name, value]) => [name.toLowerCase(), value] as const));
}

function readStatus(
  word: string,
  values: ReadonlyMap<string, string>,
): Result<readonly CarrierEvent[], string> {
  const id = values.get('id');
  if (!isProviderId(id)) return fail('id is missing or is not an id');
  const code = values.get('statuserrorcode') || null;
  const errorCode = code === '0' ? null : code;
  const reason = values.get('statusreason') || null;
  const failed = FAILED.has(word);
  const errorClass =
    messagebirdErrorClass(errorCode, failed ? reason : null) ?? (word === 'expired' ? 'expired' : null);
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null,
      rawStatus: word,
      errorCode,
      errorClass: errorClass ?? (errorCode === null ? null : 'unknown'),
      description: reason?.slice(0, 500) ?? null,
      reference: referenceOf(new URLSearchParams({ reference: values.get('reference') ?? '' }).toString()),
    },
  ]);
}

function readText(
  values: ReadonlyMap<string, string>,
  fields: Fields,
): Result<readonly CarrierEvent[], string> {
  const id = values.get('mid') || values.get('message_id') || values.get('id');
  if (!isProviderId(id)) return fail('id (or mid) is missing or is not an id');
  const from = normalizeAddress(values.get('originator') || values.get('sender') || '');
  if (from === null) return fail('originator is missing or is not an address');
  const shortcode = values.get('shortcode');
  const to = normalizeAddress(shortcode || values.get('recipient') || values.get('receiver') || '');
  if (to === null) return fail('recipient is missing or is not an address');
  const media = mediaOf(fields);
  // Short codes write the text to `message`, numbers to `body`.
  const text = (shortcode && values.get('message')) || (values.get('body') ?? values.get('message'));
  const said = text || values.get('subject') || text;
  if (said === undefined && media.length === 0) return fail('there is neither a body nor media');
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from,
      to,
      group: [],
      text: cleanText(said ?? ''),
      media,
      segments: null,
      sentAt: readTime(values.get('createddatetime')) ?? receivedAt(values.get('receive_datetime')),
    },
  ]);
}

/** ISO 8601, or `YYYYMMDDhhmmss` in UTC. */
function receivedAt(raw: string | undefined): Date | null {
  const [, y, m, d, hh, mm, ss] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(raw ?? '') ?? [];
  return readTime(y === undefined ? raw : `${y}-${m}-${d}T${hh}:${mm}:${ss}Z`);
}

function mediaOf(fields: Fields): CarrierMedia[] {
  const listOf = (wanted: RegExp): string[] =>
    fields
      .filter(([name]) => wanted.test(name))
      .flatMap(([, value]): unknown[] => {
        const list = value.startsWith('[') ? parseJson(value) : undefined;
        return Array.isArray(list) ? list : [value];
      })
      .filter((one): one is string => typeof one === 'string' && one !== '');
  const types = listOf(/^mediacontenttypes(\[\d*\])?$/);
  const urls = listOf(/^mediaurls(\[\d*\])?$/).flatMap((url) => url.split(/,(?=https?:)/));
  return urls.slice(0, 10).map((url, index) => ({ url, contentType: types[index] ?? null }));
}
