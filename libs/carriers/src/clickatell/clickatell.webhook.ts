import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type {
  CarrierEvent,
  CarrierMedia,
  CarrierStatusReport,
  OpenAccount,
  WebhookRequest,
} from '../carrier.js';
import { addressField, firstIssue, idField, noteField, wordField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { ourNumber } from '../our-number.js';
import { jsonBody } from '../payload.js';
import { readEach } from '../read-each.js';
import { asReference } from '../status-callback.js';
import { cleanText } from '../text.js';
import { asPlatform } from './clickatell.central.js';
import { clickatellText } from './clickatell.text.js';

type Status = NonNullable<CarrierStatusReport['status']>;
/** Source: https://help.clickatell.com/developers-api-reference/reference/one-api-client-callbacks */
const STATUSES: Readonly<Record<string, readonly [Status, ErrorClass | null]>> = {
  '2': ['queued', null],
  '3': ['sent', null],
  '4': ['delivered', null],
  '5': ['failed', 'content'],
  '6': ['failed', 'unknown'],
  '7': ['undelivered', 'unreachable'],
  '8': ['sent', null],
  '9': ['queued', null],
  '10': ['undelivered', 'expired'],
  '11': ['queued', null],
  '12': ['failed', 'price'],
  '14': ['failed', 'price'],
};

const oneApi = z.object({
  event: z.object({
    moText: z.array(z.unknown()).max(1000).nullish(),
    moMedia: z.array(z.unknown()).max(1000).nullish(),
    messageStatusUpdate: z.array(z.unknown()).max(1000).nullish(),
  }),
});
const inbound = z.object({
  messageId: idField,
  fromNumber: addressField.optional(),
  from: addressField.optional(),
  toNumber: wordField.nullish().catch(null),
  to: wordField.nullish().catch(null),
  text: z.string().nullish(),
  content: z.string().nullish(),
  caption: z.string().nullish().catch(null),
  charset: z.string().nullish().catch(null),
  timestamp: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .nullish()
    .catch(null),
  mediaUrl: z.string().nullish().catch(null),
  url: z.string().nullish().catch(null),
  contentType: z.string().nullish().catch(null),
  files: z
    .array(z.object({ downloadUrl: z.string().nullish(), contentType: z.string().nullish().catch(null) }))
    .max(100)
    .nullish()
    .catch(null),
});
const report = z.object({
  messageId: idField,
  clientMessageId: z.unknown().optional(),
  statusCode: wordField,
  status: noteField,
  statusDescription: noteField,
});

/** One text or status of the SMS API or of the Central API before it, or the lists of the One API. */
export function parseClickatellWebhook(
  request: WebhookRequest,
  account: OpenAccount,
): Result<readonly CarrierEvent[], string> {
  const central = asPlatform(request);
  if (central !== null) return readOne(central, account);
  const json = jsonBody(request);
  if (!json.ok) return json;
  const lists = oneApi.safeParse(json.value);
  if (!lists.success) return readOne(json.value, account);
  const { moText, moMedia, messageStatusUpdate } = lists.data.event;
  return readEach([...(moText ?? []), ...(moMedia ?? []), ...(messageStatusUpdate ?? [])], (one) =>
    readOne(one, account),
  );
}

function readOne(one: unknown, account: OpenAccount): Result<readonly CarrierEvent[], string> {
  const isReport = typeof one === 'object' && one !== null && 'statusCode' in one;
  return isReport ? readReport(one) : readMessage(one, account);
}

function readMessage(one: unknown, account: OpenAccount): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { messageId, fromNumber, from, toNumber, to, charset, timestamp, contentType } = parsed.data;
  const sender = fromNumber ?? from;
  if (sender === undefined) return fail('fromNumber: is missing');
  const { text, content, caption, files, mediaUrl, url } = parsed.data;
  const media: CarrierMedia[] = [
    { url: mediaUrl || url, contentType },
    ...(files ?? []).map((one) => ({ url: one.downloadUrl, contentType: one.contentType })),
  ].flatMap((one) => (one.url ? [{ url: one.url, contentType: one.contentType ?? null }] : []));
  // With a content type and no URL the content is the file itself, in base64.
  const isFile = media.length > 0 || (contentType != null && !contentType.startsWith('text/'));
  const inside =
    isFile && media.length === 0 && content ? `A file came inside the webhook: ${contentType}` : null;
  const said = text ?? (isFile ? [caption, inside].filter(Boolean).join('\n') : content);
  if (said == null && media.length === 0) return fail('there is neither text nor media');
  const sentAt = timestamp == null ? null : new Date(timestamp);
  return ok([
    {
      kind: 'message',
      providerMessageId: messageId,
      from: sender,
      to: ourNumber(toNumber ?? to, account),
      group: [],
      text: cleanText(clickatellText(said ?? '', charset)),
      media,
      segments: null,
      sentAt: sentAt === null || Number.isNaN(sentAt.getTime()) ? null : sentAt,
    },
  ]);
}

function readReport(one: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = report.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { messageId, clientMessageId, statusCode, status, statusDescription } = parsed.data;
  const code = statusCode.replace(/^0+(?=\d)/, '');
  const [known, errorClass] = (Object.hasOwn(STATUSES, code) && STATUSES[code]) || [null, null];
  return ok([
    {
      kind: 'status',
      providerMessageId: messageId,
      status: known,
      rawStatus: statusCode.slice(0, 64),
      errorCode: errorClass === null ? null : statusCode,
      errorClass,
      description: errorClass === null ? null : (statusDescription ?? status),
      reference: asReference(clientMessageId),
    },
  ]);
}
