import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, WebhookRequest } from '../carrier.js';
import { addressKind, normalizeAddress } from '../address.js';
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
import { asReference, referenceOf } from '../status-callback.js';
import { fromMessagesApi, isMessagesApi } from './infobip.messages-api.js';
import { infobipErrorClass, infobipStatus } from './infobip.status.js';

const webhook = z.object({ results: z.array(z.unknown()).max(1000) });
const inbound = z.object({
  messageId: idField,
  from: addressField,
  to: addressField,
  text: textField.nullish(),
  cleanText: textField.nullish().catch(null),
  receivedAt: timeField,
  smsCount: countField,
  message: z
    .array(
      z.object({
        contentType: z.string().nullish(),
        value: textField.nullish().catch(null),
        url: z.string().nullish().catch(null),
      }),
    )
    .max(100)
    .nullish(),
  /** The other people of a group MMS, each as `{"to": ...}` or `{"cc": ...}`. */
  group: z
    .array(z.object({ to: wordField.nullish(), cc: wordField.nullish() }))
    .max(100)
    .nullish()
    .catch(null),
});
/** Numbers, because some of Infobip's own tools write them as words. */
const numberField = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null);
export const infobipStatusField = z.object({
  groupId: numberField,
  groupName: z.string().nullish().catch(null),
  id: numberField,
  name: z.string().nullish().catch(null),
  description: noteField,
});
const report = z.object({
  messageId: idField,
  status: infobipStatusField,
  error: z.object({ name: z.string().nullish(), description: noteField }).nullish().catch(null),
  callbackData: z.unknown().optional(),
});
const seen = z.object({ messageId: idField, seenAt: z.string(), callbackData: z.unknown().optional() });
const click = z.object({ notificationType: z.string() });

/** Up to 100 texts or reports. Source: https://www.infobip.com/docs/api/channels/sms */
export function parseInfobipWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const batch = webhook.safeParse(json.value);
  // That somebody opened a link says nothing about the text.
  if (!batch.success && click.safeParse(json.value).success) return ok([]);
  if (!batch.success) return fail(firstIssue(batch.error));
  const reference = referenceOf(request.query);
  return readEach(batch.data.results, (one) => {
    if (isReport(one)) return readReport(one, reference);
    const read = seen.safeParse(one);
    if (read.success) return ok([readSeen(read.data, reference)]);
    if (!isMessagesApi(one)) return readMessage(one);
    const told = fromMessagesApi(one);
    if (!told.ok) return told;
    return told.value === null ? ok([]) : readMessage(told.value);
  });
}

/** What was seen has surely arrived. */
const readSeen = (one: z.output<typeof seen>, reference: string | null): CarrierEvent => ({
  kind: 'status',
  providerMessageId: one.messageId,
  status: 'delivered',
  rawStatus: 'SEEN',
  errorCode: null,
  errorClass: null,
  description: null,
  reference: reference ?? asReference(one.callbackData),
});

const isReport = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'status' in one && typeof one.status === 'object';

function readMessage(one: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { messageId, from, to, text, cleanText, receivedAt, smsCount, message, group } = parsed.data;
  const parts = message ?? [];
  const people = (group ?? [])
    .flatMap((one) => normalizeAddress(one.to ?? one.cc ?? '') ?? [])
    .filter((address) => addressKind(address) === 'e164');
  const media = parts.flatMap(({ url, contentType }) =>
    url && !contentType?.includes('smil') ? [{ url, contentType: contentType ?? null }] : [],
  );
  const said = parts.flatMap(({ value, url, contentType }) =>
    value && !url && !contentType?.includes('smil') ? [value] : [],
  );
  // `cleanText` lacks the keyword that the customer wrote; it counts only where there is nothing else.
  const whole = text || (said.length > 0 ? said.join('\n') : null) || cleanText || text;
  if (whole == null && media.length === 0) return fail('there is neither text nor message');
  return ok([
    {
      kind: 'message',
      providerMessageId: messageId,
      from,
      to,
      group: othersOf(people, from, to),
      text: whole ?? '',
      media,
      segments: smsCount,
      sentAt: receivedAt,
    },
  ]);
}

function readReport(one: unknown, reference: string | null): Result<readonly CarrierEvent[], string> {
  const parsed = report.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { messageId, status, error, callbackData } = parsed.data;
  const known = infobipStatus(status);
  const failed = known === 'failed' || known === 'undelivered';
  const errorName = error?.name && error.name !== 'NO_ERROR' ? error.name : null;
  const errorCode = failed ? (errorName ?? status.name ?? status.groupName ?? null) : null;
  return ok([
    {
      kind: 'status',
      providerMessageId: messageId,
      status: known,
      rawStatus: (status.name || status.groupName || String(status.groupId ?? 'none')).slice(0, 64),
      errorCode,
      errorClass: failed ? infobipErrorClass(errorName, status.name, status.groupName) : null,
      description: failed ? (error?.description ?? status.description) : null,
      reference: reference ?? asReference(callbackData),
    },
  ]);
}
