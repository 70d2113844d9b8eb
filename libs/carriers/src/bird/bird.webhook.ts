import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type {
  CarrierEvent,
  CarrierMedia,
  CarrierStatusReport,
  OpenAccount,
  WebhookRequest,
} from '../carrier.js';
import { addressField, firstIssue, idField, noteField, textField, timeField, wordField } from '../fields.js';
import { messagebirdErrorClass } from '../messagebird/messagebird.errors.js';
import { calledUrl, jsonBody } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { asReference } from '../status-callback.js';
import { secretsOf } from '../webhook-secret.js';

const WINDOW_SECONDS = 300;

/** Base64 HMAC-SHA256 over time, URL and the raw SHA-256 of the body. Source: https://docs.bird.com/api/notifications-api */
export function signBird(key: string, timestamp: string, url: string, body: Uint8Array): string {
  const hash = createHash('sha256').update(body).digest();
  return createHmac('sha256', key).update(`${timestamp}\n${url}\n`).update(hash).digest('base64');
}

export function verifyBirdWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const signature = request.headers['messagebird-signature'];
  const timestamp = request.headers['messagebird-request-timestamp'];
  if (!signature || !timestamp)
    return fail('messagebird-signature or messagebird-request-timestamp is missing');
  const url = calledUrl(account.publicUrl, request.query);
  if (
    !secretsOf(account, 'signingKey').some((key) =>
      sameSecret(signBird(key, timestamp, url, request.body), signature),
    )
  ) {
    return fail(
      'messagebird-signature does not fit: check the signing key and that publicUrl is the exact URL Bird calls',
    );
  }
  const off = Math.abs(request.receivedAt.getTime() / 1000 - Number(timestamp));
  return off <= WINDOW_SECONDS
    ? ok(null)
    : fail('the timestamp is more than 5 minutes off: check the clock here');
}

/** Source: https://docs.bird.com/api/channels-api/message-status-and-interactions */
const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  accepted: 'queued',
  processing: 'queued',
  scheduled: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  rejected: 'failed',
  sending_failed: 'failed',
  delivery_failed: 'undelivered',
  skipped: 'failed',
  deleted: 'failed',
};

const webhook = z.object({ event: z.string(), payload: z.unknown().optional() });
const file = z.object({ mediaUrl: z.string().min(1), contentType: z.string().nullish() });
const pictures = z
  .object({ text: textField.nullish(), images: z.array(file.partial()).nullish() })
  .nullish()
  .catch(null);
const inbound = z.object({
  id: idField,
  channelId: z.string().min(1).max(64),
  sender: z.object({ contact: z.object({ identifierValue: addressField }) }),
  receiver: z
    .object({ connector: z.object({ identifierValue: z.string().nullish() }).nullish() })
    .nullish()
    .catch(null),
  body: z.object({
    text: z.object({ text: textField }).nullish().catch(null),
    image: pictures,
    gif: pictures,
    file: z
      .object({ text: textField.nullish(), files: z.array(file.partial()).nullish() })
      .nullish()
      .catch(null),
  }),
  createdAt: timeField,
});
const outbound = z.object({
  id: idField,
  status: z.string().min(1).max(64),
  reason: noteField,
  details: noteField,
  failure: z
    .object({
      code: wordField.nullish().catch(null),
      source: z
        .object({ code: wordField.nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  reference: z.unknown().optional(),
});

export function parseBirdWebhook(
  request: WebhookRequest,
  account: OpenAccount,
): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const event = webhook.safeParse(json.value);
  if (!event.success) return fail(firstIssue(event.error));
  if (event.data.event === 'sms.inbound') return readMessage(event.data.payload, account);
  return event.data.event === 'sms.outbound' || event.data.event.startsWith('sms.outbound.')
    ? readStatus(event.data.payload)
    : ok([]);
}

/** Bird names its channel and not our number; `settings.number` says which that is. */
function readMessage(payload: unknown, account: OpenAccount): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(payload);
  if (!parsed.success) return fail(`payload.${firstIssue(parsed.error)}`);
  const { id, channelId, sender, receiver, body, createdAt } = parsed.data;
  const number = receiver?.connector?.identifierValue || account.settings['number'] || channelId;
  const to = normalizeAddress(number);
  if (to === null) return fail('settings.number is not an address');
  const { image, gif, file: files } = body;
  const all = [...(image?.images ?? []), ...(gif?.images ?? []), ...(files?.files ?? [])];
  const media: CarrierMedia[] = all.flatMap((one) =>
    one.mediaUrl === undefined ? [] : [{ url: one.mediaUrl, contentType: one.contentType ?? null }],
  );
  const text = body.text?.text ?? image?.text ?? gif?.text ?? files?.text;
  if (text == null && media.length === 0) return fail('payload.body: there is neither text nor media');
  const from = sender.contact.identifierValue;
  const message = { providerMessageId: id, from, to, group: [], text: text ?? '', media };
  return ok([{ kind: 'message', ...message, segments: null, sentAt: createdAt }]);
}

function readStatus(payload: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = outbound.safeParse(payload);
  if (!parsed.success) return fail(`payload.${firstIssue(parsed.error)}`);
  const { id, status, reason, details, failure, reference } = parsed.data;
  const known = Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? null) : null;
  const failed = known === 'failed' || known === 'undelivered';
  // The source is MessageBird's SMS platform, whose codes say more than Bird's own.
  const errorCode = (failure?.source?.code ?? failure?.code ?? null)?.slice(0, 64) || null;
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: known,
      rawStatus: status,
      errorCode: failed ? errorCode : null,
      errorClass: failed ? (messagebirdErrorClass(errorCode, details) ?? 'unknown') : null,
      description: failed ? reason : null,
      reference: asReference(reference),
    },
  ]);
}
