import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type {
  CarrierEvent,
  CarrierMedia,
  CarrierStatusReport,
  OpenAccount,
  WebhookRequest,
} from '../carrier.js';
import { addressField, firstIssue, idField, textField, timeField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { jsonBody } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { asReference, referenceOf } from '../status-callback.js';
import { secretsOf, verifyWebhookSecret } from '../webhook-secret.js';

const WINDOW_SECONDS = 300;

/** Source: https://developers.sinch.com/docs/sms/api-reference/sms/tag/Webhooks/ (callback signatures) */
export function signSinch(secret: string, body: Uint8Array, nonce: string, timestamp: string): string {
  return createHmac('sha256', secret).update(body).update(`.${nonce}.${timestamp}`).digest('base64');
}

/** Signed where Sinch support has switched that on and told the secret; else the account's webhook secret counts. */
export function verifySinchWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const secrets = secretsOf(account, 'signingSecret');
  if (secrets.length === 0) return verifyWebhookSecret(request, account);
  const signature = request.headers['x-sinch-webhook-signature'];
  const nonce = request.headers['x-sinch-webhook-signature-nonce'];
  const timestamp = request.headers['x-sinch-webhook-signature-timestamp'];
  if (!signature || !nonce || !timestamp) {
    return fail('x-sinch-webhook-signature, its nonce or its timestamp is missing');
  }
  if (!secrets.some((secret) => sameSecret(signSinch(secret, request.body, nonce, timestamp), signature))) {
    return fail('x-sinch-webhook-signature does not fit: check the signing secret');
  }
  const off = Math.abs(request.receivedAt.getTime() / 1000 - Number(timestamp));
  return off <= WINDOW_SECONDS
    ? ok(null)
    : fail('the timestamp is more than 5 minutes off: check the clock here');
}

type Status = NonNullable<CarrierStatusReport['status']>;
/** Source: https://developers.sinch.com/docs/sms/api-reference/sms/tag/Delivery-reports/ */
const STATUSES: Readonly<Record<string, Status>> = {
  Queued: 'queued',
  Dispatched: 'sent',
  Delivered: 'delivered',
  Aborted: 'failed',
  Cancelled: 'failed',
  Rejected: 'failed',
  Deleted: 'undelivered',
  Failed: 'undelivered',
  Expired: 'undelivered',
};
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '402': 'invalid_destination',
  '404': 'unreachable',
  '405': 'content',
  '406': 'expired',
  '408': 'blocked',
  '409': 'price',
  '410': 'unregistered',
  '411': 'content',
  '412': 'blocked',
  '413': 'blocked',
  '414': 'content',
  '415': 'blocked',
  '416': 'content',
  '417': 'unreachable',
  '418': 'content',
};

const kind = z.object({ type: z.string() });
const text = z.object({
  id: idField,
  from: addressField,
  to: addressField,
  received_at: timeField,
  body: textField,
});
const mediaBody = z.object({
  subject: textField.nullish(),
  message: textField.nullish(),
  media: z
    .array(
      z.object({
        url: z.string().nullish(),
        content_type: z.string().nullish(),
        status: z.string().nullish(),
      }),
    )
    .max(100)
    .nullish()
    .catch(null),
});
const picture = text.extend({ body: mediaBody });
const codeField = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null);
const recipientReport = z.object({
  batch_id: idField,
  status: z.string().min(1).max(64),
  code: codeField,
  client_reference: z.unknown().optional(),
});
const batchReport = z.object({
  batch_id: idField,
  client_reference: z.unknown().optional(),
  statuses: z.array(z.object({ status: z.string().min(1).max(64), code: codeField })).max(1000),
});

export function parseSinchWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  return json.ok ? readSinchEvent(json.value, request.query) : json;
}

/** One event, as webhooks and the list of inbound texts have it. */
export function readSinchEvent(json: unknown, query: string): Result<readonly CarrierEvent[], string> {
  const event = kind.safeParse(json);
  if (!event.success) return fail(firstIssue(event.error));
  switch (event.data.type) {
    case 'mo_text':
      return readMessage(text.safeParse(json), (body) => ({ text: body, media: [] }));
    case 'mo_binary':
      return readMessage(text.safeParse(json), (body) => ({ text: fromBase64(body), media: [] }));
    case 'mo_media':
      return readMessage(picture.safeParse(json), pictureText);
    case 'recipient_delivery_report_sms':
    case 'recipient_delivery_report_mms': {
      const parsed = recipientReport.safeParse(json);
      if (!parsed.success) return fail(firstIssue(parsed.error));
      return ok([statusOf(parsed.data, parsed.data, query)]);
    }
    case 'delivery_report_sms':
    case 'delivery_report_mms': {
      const parsed = batchReport.safeParse(json);
      if (!parsed.success) return fail(firstIssue(parsed.error));
      return ok(parsed.data.statuses.map((one) => statusOf(parsed.data, one, query)));
    }
    default:
      return ok([]);
  }
}

/** A recipient's report, as the list of reports has it; null where it is none. */
export function sinchReport(json: unknown): CarrierStatusReport | null {
  const parsed = recipientReport.safeParse(json);
  return parsed.success ? statusOf(parsed.data, parsed.data, '') : null;
}

type Message<B> = Omit<z.output<typeof text>, 'body'> & { body: B };

function readMessage<B>(
  parsed: z.ZodSafeParseResult<Message<B>>,
  content: (body: B) => { text: string; media: CarrierMedia[] },
): Result<readonly CarrierEvent[], string> {
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, from, to, received_at, body } = parsed.data;
  const message = { providerMessageId: id, from, to, group: [], segments: null, sentAt: received_at };
  return ok([{ kind: 'message', ...message, ...content(body) }]);
}

/** A file whose upload failed at Sinch has nothing behind its URL. */
function pictureText({ subject, message, media }: z.output<typeof mediaBody>): {
  text: string;
  media: CarrierMedia[];
} {
  const there = (media ?? []).filter(({ status }) => status !== 'Failed');
  return {
    text: message || subject || '',
    media: there.flatMap(({ url, content_type }) =>
      url ? [{ url, contentType: content_type ?? null }] : [],
    ),
  };
}

/** The bytes as a text where they are one. */
function fromBase64(body: string): string {
  const bytes = Buffer.from(body, 'base64');
  const decoded = bytes.toString('utf8');
  const isText = !decoded.includes('\ufffd') && !bytes.some((byte) => byte < 9);
  return isText ? decoded : `Binary message (hex): ${bytes.toString('hex')}`;
}

function statusOf(
  batch: { batch_id: string; client_reference?: unknown },
  one: { status: string; code?: number | null | undefined },
  query: string,
): CarrierStatusReport {
  const errorCode =
    one.code == null || one.code === 0 || one.code === 400 || one.code === 401 ? null : String(one.code);
  const byWord = one.status === 'Expired' ? 'expired' : null;
  return {
    kind: 'status',
    providerMessageId: batch.batch_id,
    status: Object.hasOwn(STATUSES, one.status) ? (STATUSES[one.status] ?? null) : null,
    rawStatus: one.status,
    errorCode,
    errorClass:
      errorCode === null
        ? byWord
        : (Object.hasOwn(CLASSES, errorCode) && CLASSES[errorCode]) || byWord || 'unknown',
    description: null,
    reference: referenceOf(query) ?? asReference(batch.client_reference),
  };
}
