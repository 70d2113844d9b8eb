import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, CarrierMedia, OpenAccount, WebhookRequest } from '../carrier.js';
import { readTime } from '../fields.js';
import { othersOf } from '../group.js';
import { keywordNamed } from '../keyword.js';
import { readEach } from '../read-each.js';
import { referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';
import { twilioErrorClass } from './twilio.errors.js';
import { twilioEvents } from './twilio.event-streams.js';
import { isTwilioSignature } from './twilio.signature.js';
import { twilioStatus } from './twilio.status.js';

const MAX_MEDIA = 10;
const MAX_RECIPIENTS = 30;
/** Ids of calls and of Twilio's debugger, whose webhooks are no business of ours. */
const OTHER_PRODUCTS = ['CallSid', 'FaxSid', 'PayloadType'];

/** Twilio signs with the primary auth token; `previousAuthToken` is accepted while tokens are being changed. */
export function verifyTwilioWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const signature = request.headers['x-twilio-signature'];
  if (!signature) return fail('the header X-Twilio-Signature is missing');
  const base = account.publicUrl.replace(/[?#].*$/s, '');
  const url = request.query === '' ? base : `${base}?${request.query}`;
  const signed =
    request.method === 'GET'
      ? { url, fields: [] }
      : isForm(request) && !request.query.includes('bodySHA256=')
        ? { url, fields: new URLSearchParams(text(request.body)) }
        : { url, fields: [], body: request.body };
  const tokens = [account.secrets['authToken'], account.secrets['previousAuthToken']];
  return tokens.some((token) => token !== undefined && isTwilioSignature(token, signature, signed))
    ? ok(null)
    : fail(
        'X-Twilio-Signature does not fit: check the auth token and that publicUrl is the exact URL Twilio calls',
      );
}

/**
 * One text or one status callback, from the form of a POST, the query of a GET, or a flat JSON object.
 * Source: https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function parseTwilioWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const streamed = twilioEvents(request);
  if (streamed) return readEach(streamed, (fields) => readFields(fields, request.query));
  const fields = twilioFields(request);
  return fields.ok ? readFields(fields.value, request.query) : fields;
}

function readFields(fields: URLSearchParams, query: string): Result<readonly CarrierEvent[], string> {
  const field = (name: string): string | null => fields.get(name);
  const providerMessageId = field('MessageSid') || field('SmsSid');
  if (!providerMessageId && OTHER_PRODUCTS.some((name) => field(name))) return ok([]);
  if (!isProviderId(providerMessageId)) return fail('MessageSid is missing or is not an id');
  const status = statusWord(field('MessageStatus'), field('SmsStatus'));
  if (status !== null) {
    const code = field('ErrorCode') || null;
    const errorCode = code === '0' ? null : code;
    return ok([
      {
        kind: 'status',
        providerMessageId,
        status: twilioStatus(status),
        rawStatus: status,
        errorCode,
        errorClass: errorCode === null ? null : twilioErrorClass(errorCode),
        description: field('ErrorMessage') || null,
        reference: referenceOf(query),
      },
    ]);
  }
  const from = normalizeAddress(field('From') ?? '');
  if (from === null) return fail('From is missing or is not an address');
  const to = normalizeAddress(field('To') || field('MessagingServiceSid') || '');
  if (to === null) return fail('To is missing or is not an address');
  const media = mediaOf(field);
  const body = field('Body');
  if (body === null && media.length === 0) return fail('there is neither a Body nor media');
  const segments = Number(field('NumSegments'));
  // Only Advanced Opt-Out says so, which has words of the company's own.
  const keyword = keywordNamed(field('OptOutType'));
  return ok([
    {
      kind: 'message',
      providerMessageId,
      from,
      to,
      group: othersOf(recipientsOf(field), from, to),
      text: cleanText(body || placeOf(field)),
      media,
      segments: Number.isInteger(segments) && segments > 0 ? segments : null,
      sentAt: readTime(field('Timestamp')),
      ...(keyword && { keyword }),
    },
  ]);
}

/** MessageStatus is authoritative; SmsStatus is its legacy alias and says `received` on inbound texts. */
function statusWord(messageStatus: string | null, smsStatus: string | null): string | null {
  const word = messageStatus || smsStatus;
  return !word || word === 'received' || word === 'receiving' ? null : word.slice(0, 64);
}

/** A place that somebody shares by a channel that knows such. */
function placeOf(field: (name: string) => string | null): string {
  const [latitude, longitude] = [field('Latitude'), field('Longitude')];
  if (!latitude || !longitude) return '';
  return [field('Label'), field('Address'), `${latitude}, ${longitude}`].filter(Boolean).join('\n');
}

/** NumMedia may be missing or wrong in forwarded webhooks; the numbered fields are what counts. */
function mediaOf(field: (name: string) => string | null): CarrierMedia[] {
  const media: CarrierMedia[] = [];
  for (let index = 0; index < MAX_MEDIA; index += 1) {
    const url = field(`MediaUrl${index}`);
    if (url) media.push({ url, contentType: field(`MediaContentType${index}`) || null });
  }
  return media;
}

/** The other people of a group text. Twilio's documentation does not name these fields; its group texts have them. */
function recipientsOf(field: (name: string) => string | null): string[] {
  const others: string[] = [];
  for (let index = 0; index < MAX_RECIPIENTS; index += 1) {
    const address = normalizeAddress(field(`OtherRecipients${index}`) ?? '');
    if (address !== null) others.push(address);
  }
  return others;
}

/** The fields of a webhook, wherever it has them. */
export function twilioFields(request: WebhookRequest): Result<URLSearchParams, string> {
  if (request.method === 'GET') return ok(new URLSearchParams(request.query));
  if (isForm(request)) return ok(new URLSearchParams(text(request.body)));
  if (!contentType(request).startsWith('application/json')) {
    return fail(`Twilio sends forms; the content type is "${contentType(request)}"`);
  }
  try {
    const json: unknown = JSON.parse(text(request.body));
    if (typeof json !== 'object' || json === null) return fail('the JSON body is not an object');
    const fields = Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value)] as [string, string]]
        : [],
    );
    return ok(new URLSearchParams(fields));
  } catch {
    return fail('the body is not JSON');
  }
}

function contentType(request: WebhookRequest): string {
  return (request.headers['content-type'] ?? '').toLowerCase();
}

function isForm(request: WebhookRequest): boolean {
  const type = contentType(request);
  return type === '' || type.startsWith('application/x-www-form-urlencoded');
}

const text = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
