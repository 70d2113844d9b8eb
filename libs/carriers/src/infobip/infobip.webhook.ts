import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, WebhookRequest } from '../carrier.js';
import { addressField, countField, firstIssue, idField, noteField, textField, timeField } from '../fields.js';
import { jsonBody } from '../payload.js';
import { readEach } from '../read-each.js';
import { asReference, referenceOf } from '../status-callback.js';
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
        url: z.string().min(1).nullish(),
      }),
    )
    .max(100)
    .nullish(),
});
export const infobipStatusField = z.object({
  groupId: z.number().nullish(),
  groupName: z.string().nullish(),
  id: z.number().nullish(),
  name: z.string().nullish(),
  description: noteField,
});
const report = z.object({
  messageId: idField,
  status: infobipStatusField,
  error: z.object({ name: z.string().nullish(), description: noteField }).nullish().catch(null),
  callbackData: z.unknown().optional(),
});

/** Up to 100 texts or reports. Source: https://www.infobip.com/docs/api/channels/sms */
export function parseInfobipWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const batch = webhook.safeParse(json.value);
  if (!batch.success) return fail(firstIssue(batch.error));
  return readEach(batch.data.results, (one) =>
    isReport(one) ? readReport(one, referenceOf(request.query)) : readMessage(one),
  );
}

const isReport = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'status' in one && typeof one.status === 'object';

function readMessage(one: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { messageId, from, to, text, cleanText, receivedAt, smsCount, message } = parsed.data;
  const parts = message ?? [];
  const media = parts.flatMap(({ url, contentType }) =>
    url && !contentType?.includes('smil') ? [{ url, contentType: contentType ?? null }] : [],
  );
  const said = parts.flatMap(({ value, url }) => (value && !url ? [value] : []));
  // `cleanText` lacks the keyword that the customer wrote; it counts only where there is nothing else.
  const whole = text || (said.length > 0 ? said.join('\n') : null) || cleanText || text;
  if (whole == null && media.length === 0) return fail('there is neither text nor message');
  return ok([
    {
      kind: 'message',
      providerMessageId: messageId,
      from,
      to,
      group: [],
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
