import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, CarrierStatusReport, WebhookRequest } from '../carrier.js';
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
import { readEach } from '../read-each.js';
import { asReference } from '../status-callback.js';
import { bandwidthErrorClass } from './bandwidth.errors.js';

const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  'message-sending': 'sent',
  'message-sent': 'sent',
  'message-delivered': 'delivered',
  'message-read': 'delivered',
  'message-failed': 'failed',
};
/** Handed back by a handset or its network; with any other code the text never left the carriers. */
const BY_THE_NETWORK = /^(47[0-4]\d|9902)$/;

/** Always a list; a single event is read too, as tools that hand webhooks on make one of it. */
const webhook = z.union([
  z.array(z.unknown()).max(1000),
  z.looseObject({ type: z.string() }).transform((one) => [one]),
]);
/** The last two are what somebody chose of what an RCS message of ours proposed. */
const RECEIVED = new Set(['message-received', 'suggestion-response', 'location-response']);
const kind = z.object({ type: z.string().min(1).max(64) });
/** What RCS says instead of `text` and `media`. */
const place = z.object({
  latitude: z.number().nullish().catch(null),
  longitude: z.number().nullish().catch(null),
});
const file = z.object({ fileUrl: z.string().nullish().catch(null) });
const multichannel = z.object({
  ...place.shape,
  ...file.shape,
  text: textField.nullish().catch(null),
  media: file.nullish().catch(null),
});
const inbound = z.object({
  to: addressField,
  message: z.object({
    id: idField,
    from: addressField,
    to: z
      .union([z.array(addressField).max(100), addressField.transform((one) => [one])])
      .nullish()
      .transform((all) => all ?? []),
    time: timeField,
    text: textField.nullish(),
    media: z.array(z.string().nullish()).max(100).nullish().catch(null),
    segmentCount: countField,
    content: multichannel.nullish().catch(null),
    suggestionResponse: z.object({ text: textField }).nullish().catch(null),
    locationResponse: place.nullish().catch(null),
  }),
});
const receipt = z.object({
  errorCode: wordField.nullish().catch(null),
  description: noteField,
  message: z.object({ id: idField, tag: z.unknown().optional() }),
});

/** An array of events. Source: https://dev.bandwidth.com/docs/messaging/webhooks */
export function parseBandwidthWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const events = webhook.safeParse(json.value);
  return events.success ? readEach(events.data, readEvent) : fail('the body is not an array of events');
}

function readEvent(json: unknown): Result<readonly CarrierEvent[], string> {
  const event = kind.safeParse(json);
  if (!event.success) return fail(firstIssue(event.error));
  const { type } = event.data;
  if (RECEIVED.has(type)) return readMessage(json);
  return type.startsWith('message-') ? readStatus(type, json) : ok([]);
}

function readMessage(json: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, from, to, time, text, media, segmentCount, content } = parsed.data.message;
  const { suggestionResponse, locationResponse } = parsed.data.message;
  const { latitude, longitude } = locationResponse ?? content ?? {};
  const where = latitude == null || longitude == null ? null : `${latitude}, ${longitude}`;
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from,
      // Of a group's numbers the outer `to` is ours.
      to: parsed.data.to,
      group: othersOf(to, from, parsed.data.to),
      text: text ?? content?.text ?? suggestionResponse?.text ?? where ?? '',
      media: [...(media ?? []), content?.fileUrl, content?.media?.fileUrl].flatMap((url) =>
        url && !/\.smil([?#]|$)/i.test(url) ? [{ url, contentType: null }] : [],
      ),
      segments: segmentCount,
      sentAt: time,
    },
  ]);
}

function readStatus(type: string, json: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = receipt.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { errorCode, description, message } = parsed.data;
  const known = Object.hasOwn(STATUSES, type) ? (STATUSES[type] ?? null) : null;
  return ok([
    {
      kind: 'status',
      providerMessageId: message.id,
      status: known === 'failed' && BY_THE_NETWORK.test(errorCode ?? '') ? 'undelivered' : known,
      rawStatus: type,
      errorCode: errorCode ?? null,
      errorClass: errorCode ? bandwidthErrorClass(errorCode) : null,
      description: errorCode ? description : null,
      reference: asReference(message.tag),
    },
  ]);
}
