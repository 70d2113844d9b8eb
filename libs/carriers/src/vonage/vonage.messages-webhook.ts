import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, CarrierMedia } from '../carrier.js';
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
import { asReference, referenceOf } from '../status-callback.js';
import { asVersion1 } from './vonage.messages-v0.js';
import { vonageErrorClass, vonageStatus } from './vonage.status.js';

/** Of the Messages API's channels these are texts; the others (WhatsApp, Messenger, Viber, RCS) are not read. */
const TEXT_CHANNELS = new Set(['sms', 'mms']);

const file = z.object({
  url: z.string().nullish().catch(null),
  caption: textField.nullish().catch(null),
});
const location = z.object({
  lat: z.coerce.number(),
  long: z.coerce.number(),
  name: textField.nullish().catch(null),
  address: textField.nullish().catch(null),
});
const inbound = z.object({
  message_uuid: idField,
  from: addressField,
  to: addressField,
  timestamp: timeField,
  text: textField.nullish(),
  image: file.nullish(),
  audio: file.nullish(),
  video: file.nullish(),
  file: file.nullish(),
  vcard: file.nullish(),
  location: location.nullish().catch(null),
  message_type: z.string().nullish().catch(null),
  content: z
    .array(
      z.object({
        type: z.string(),
        url: z.string().nullish().catch(null),
        text: textField.nullish().catch(null),
        caption: textField.nullish().catch(null),
      }),
    )
    .nullish()
    .catch(null),
  sms: z.object({ num_messages: countField }).nullish().catch(null),
});
const status = z.object({
  message_uuid: idField,
  status: z.string().min(1).max(64),
  client_ref: z.unknown().optional(),
  error: z
    .object({
      type: z.string().nullish().catch(null),
      title: wordField.nullish().catch(null),
      code: wordField.nullish().catch(null),
      detail: noteField,
      reason: noteField,
    })
    .nullish()
    .catch(null),
});

/** Whether a webhook is one of the Messages API, of which no field is one of the SMS API. */
export function isMessagesApi(json: unknown): json is object {
  if (typeof json !== 'object' || json === null) return false;
  return 'message_uuid' in json || 'message_type' in json || 'channel' in json;
}

/** Source: https://developer.vonage.com/api/messages-olympus#webhooks */
export function parseMessagesApi(given: object, query: string): Result<readonly CarrierEvent[], string> {
  const json = asVersion1(given);
  if ('channel' in json && typeof json.channel === 'string' && !TEXT_CHANNELS.has(json.channel))
    return ok([]);
  if (!('channel' in json)) return fail('channel: is missing');
  return 'status' in json && !('message_type' in json) ? readStatus(json, query) : readMessage(json);
}

function readMessage(json: object): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { message_uuid, from, to, timestamp, text, image, audio, video, file, vcard, content, sms } =
    parsed.data;
  const { location: place, message_type } = parsed.data;
  const files = [image, audio, video, file, vcard].filter((one) => one != null);
  const parts = content ?? [];
  const media: CarrierMedia[] = [...files, ...parts].flatMap(({ url }) =>
    url ? [{ url, contentType: null }] : [],
  );
  const texts = [
    text,
    ...files.map(({ caption }) => caption),
    ...parts.map((one) => one.text ?? one.caption),
    ...(place ? [[place.name, place.address, `${place.lat}, ${place.long}`].filter(Boolean).join('\n')] : []),
  ];
  const said = texts.filter((one) => one != null && one !== '');
  const isEmpty = said.length === 0 && media.length === 0 && text == null;
  // Vonage knows that something came and not what: that has to be shown, too.
  if (isEmpty && message_type !== 'unsupported') return fail('there is neither text nor media');
  return ok([
    {
      kind: 'message',
      providerMessageId: message_uuid,
      from,
      to,
      group: [],
      text: said.join('\n'),
      media,
      segments: sms?.num_messages ?? null,
      sentAt: timestamp,
    },
  ]);
}

function readStatus(json: object, query: string): Result<readonly CarrierEvent[], string> {
  const parsed = status.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { message_uuid, status: word, error, client_ref } = parsed.data;
  const errorCode = error ? messagesErrorCode(error.type, error.title ?? error.code) : null;
  return ok([
    {
      kind: 'status',
      providerMessageId: message_uuid,
      status: vonageStatus(word),
      rawStatus: word,
      errorCode,
      errorClass: errorCode === null ? null : vonageErrorClass('messages', errorCode),
      description: error?.detail ?? error?.reason ?? null,
      reference: referenceOf(query) ?? asReference(client_ref),
    },
  ]);
}

/** The number stands at the end of `type` (`...#1000`), and often as `title` too. */
export function messagesErrorCode(
  type: string | null | undefined,
  title: string | null | undefined,
): string | null {
  return /#(\d{3,5})$/.exec(type ?? '')?.[1] ?? title?.slice(0, 64) ?? null;
}
