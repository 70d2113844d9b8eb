import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, WebhookRequest } from '../carrier.js';
import {
  addressField,
  countField,
  firstIssue,
  idField,
  noteField,
  textField,
  timeField,
  wordField,
} from '../fields.js';
import { othersOf } from '../group.js';
import { jsonBody } from '../payload.js';
import { referenceOf } from '../status-callback.js';
import { telnyxErrorClass, telnyxStatus } from './telnyx.status.js';

const event = z.object({ data: z.object({ event_type: z.string() }) });
const party = z.object({ phone_number: addressField, status: z.string().nullish() });
const inbound = z.object({
  data: z.object({
    payload: z.object({
      id: idField,
      from: z.object({ phone_number: addressField }),
      to: z.array(party).min(1).max(100),
      cc: z.array(party).max(100).nullish().catch(null),
      text: textField.nullish(),
      media: z
        .array(z.object({ url: z.string().min(1), content_type: z.string().nullish().catch(null) }))
        .nullish(),
      parts: countField,
      received_at: timeField,
    }),
  }),
});
const outbound = z.object({
  data: z.object({
    payload: z.object({
      id: idField,
      to: z.array(z.object({ status: z.string().max(64) })).min(1),
      errors: z
        .array(z.object({ code: wordField, title: noteField, detail: noteField }))
        .nullish()
        .catch(null),
    }),
  }),
});

/** Source: https://developers.telnyx.com/api-reference/callbacks/inbound-message and .../delivery-update */
export function parseTelnyxWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const kind = event.safeParse(json.value);
  if (!kind.success) return fail(firstIssue(kind.error));
  switch (kind.data.data.event_type) {
    case 'message.received':
      return readTelnyxMessage(json.value);
    case 'message.sent':
    case 'message.finalized':
      return readStatus(json.value, referenceOf(request.query));
    default:
      return ok([]);
  }
}

export function readTelnyxMessage(json: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, from, to, cc, text, media, parts, received_at } = parsed.data.data.payload;
  // Of a group's numbers the one that the webhook is for is ours.
  const ours = to.find(({ status }) => status === 'webhook_delivered') ?? to[0];
  if (!text && !media?.length && text !== '') return fail('data.payload: there is neither text nor media');
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from: from.phone_number,
      to: ours?.phone_number ?? '',
      group: othersOf(
        [...to, ...(cc ?? [])].map((one) => one.phone_number),
        from.phone_number,
        ours?.phone_number ?? '',
      ),
      text: text ?? '',
      media: (media ?? [])
        .filter((one) => !one.content_type?.includes('smil'))
        .map((one) => ({ url: one.url, contentType: one.content_type ?? null })),
      segments: parts,
      sentAt: received_at,
    },
  ]);
}

/** The event's name is no status: `message.sent` may still say that the text is queued. */
function readStatus(json: unknown, reference: string | null): Result<readonly CarrierEvent[], string> {
  const parsed = outbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, to, errors } = parsed.data.data.payload;
  const [error] = errors ?? [];
  const word = to[0]?.status ?? '';
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: telnyxStatus(word),
      rawStatus: word,
      errorCode: error?.code ?? null,
      errorClass: error ? telnyxErrorClass(error.code) : null,
      description: error?.detail ?? error?.title ?? null,
      reference,
    },
  ]);
}
