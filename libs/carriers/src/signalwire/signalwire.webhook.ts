import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, OpenAccount, WebhookRequest } from '../carrier.js';
import { addressField, countField, firstIssue, idField, textField, wordField } from '../fields.js';
import { bodyText, calledUrl, contentType, jsonBody } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { referenceOf } from '../status-callback.js';
import { isTwilioSignature } from '../twilio/twilio.signature.js';
import { twilioStatus } from '../twilio/twilio.status.js';
import { parseTwilioWebhook } from '../twilio/twilio.webhook.js';
import { secretsOf } from '../webhook-secret.js';

const isJson = (request: WebhookRequest): boolean => contentType(request).includes('json');

/**
 * With the project's signing key (not the API token): for forms as Twilio signs, base64; for JSON hex HMAC-SHA1 over the
 * URL and the raw body. Source: https://developer.signalwire.com/guides/webhook-security
 */
export function verifySignalwireWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const { headers } = request;
  const signature = headers['x-signalwire-signature'] || headers['x-twilio-signature'];
  if (!signature) return fail('the header X-SignalWire-Signature is missing');
  const url = calledUrl(account.publicUrl, request.query);
  const fits = secretsOf(account, 'signingKey').some((key) => {
    if (isJson(request)) {
      const mac = createHmac('sha1', key).update(url).update(request.body).digest('hex');
      if (sameSecret(mac, signature.toLowerCase())) return true;
    }
    const fields =
      request.method === 'POST' && !isJson(request) ? new URLSearchParams(bodyText(request)) : [];
    const body = isJson(request) ? { body: request.body } : {};
    return isTwilioSignature(key, signature, { url, fields, ...body });
  });
  return fits
    ? ok(null)
    : fail(
        'X-SignalWire-Signature does not fit: check the signing key of the project (not its API token) and that publicUrl is the exact URL SignalWire calls',
      );
}

const params = z.unknown().optional();
const relay = z.union([
  z.object({ event: z.string(), params }),
  z
    .object({ event_type: z.string(), params })
    .transform((one) => ({ event: one.event_type, params: one.params })),
]);
/** The same without an envelope, with other names. */
const flat = z
  .object({ message_id: z.string() })
  .catchall(z.unknown())
  .transform(({ from, to, status, ...rest }) => ({
    from_number: from,
    to_number: to,
    message_state: status,
    ...rest,
  }));
const inbound = z.object({
  message_id: idField,
  from_number: addressField,
  to_number: addressField,
  body: textField.nullish(),
  media: z.array(z.string().nullish()).max(50).nullish().catch(null),
  segments: countField,
});
const state = z.object({
  message_id: idField,
  message_state: z.string().min(1).max(64),
  reason: wordField.nullish().catch(null),
});

/** Forms as Twilio writes them, or the JSON of `messaging.receive` and `messaging.state`, with or without envelope. */
export function parseSignalwireWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  if (!isJson(request)) return parseTwilioWebhook(request);
  const json = jsonBody(request);
  if (!json.ok) return json;
  const event = relay.safeParse(json.value);
  if (event.success) {
    if (event.data.event === 'messaging.receive') return readMessage(event.data.params);
    return event.data.event === 'messaging.state' ? readState(event.data.params, request.query) : ok([]);
  }
  const bare = flat.safeParse(json.value);
  if (!bare.success) return parseTwilioWebhook(request);
  const isReport = bare.data.message_state !== undefined && bare.data.from_number === undefined;
  return isReport ? readState(bare.data, request.query) : readMessage(bare.data);
}

function readMessage(params: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(params);
  if (!parsed.success) return fail(`params.${firstIssue(parsed.error)}`);
  const { message_id, from_number, to_number, body, media, segments } = parsed.data;
  if (body == null && !media?.length) return fail('params: there is neither a body nor media');
  return ok([
    {
      kind: 'message',
      providerMessageId: message_id,
      from: from_number,
      to: to_number,
      group: [],
      text: body ?? '',
      media: (media ?? []).flatMap((url) => (url ? [{ url, contentType: null }] : [])),
      segments,
    },
  ]);
}

function readState(params: unknown, query: string): Result<readonly CarrierEvent[], string> {
  const parsed = state.safeParse(params);
  if (!parsed.success) return fail(`params.${firstIssue(parsed.error)}`);
  const { message_id, message_state, reason } = parsed.data;
  return ok([
    {
      kind: 'status',
      providerMessageId: message_id,
      status: twilioStatus(message_state),
      rawStatus: message_state,
      errorCode: null,
      errorClass: reason ? 'unknown' : null,
      description: reason?.slice(0, 500) ?? null,
      reference: referenceOf(query),
    },
  ]);
}
