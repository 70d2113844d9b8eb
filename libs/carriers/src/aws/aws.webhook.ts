import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, CarrierStatusReport, WebhookRequest } from '../carrier.js';
import { addressField, firstIssue, idField, noteField, readTime, textField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { parseJson } from '../payload.js';
import { asReference } from '../status-callback.js';
import { readSns } from './aws.sns.js';

type Status = NonNullable<CarrierStatusReport['status']>;
/** Source: https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html */
const STATUSES: Readonly<Record<string, readonly [Status, ErrorClass | null]>> = {
  QUEUED: ['queued', null],
  PENDING: ['queued', null],
  SENT: ['sent', null],
  SUCCESSFUL: ['sent', null],
  DELIVERED: ['delivered', null],
  READ: ['delivered', null],
  INVALID: ['failed', 'invalid_destination'],
  INVALID_MESSAGE: ['failed', 'content'],
  UNREACHABLE: ['undelivered', 'unreachable'],
  CARRIER_UNREACHABLE: ['undelivered', 'unreachable'],
  TTL_EXPIRED: ['undelivered', 'expired'],
  BLOCKED: ['failed', 'blocked'],
  CARRIER_BLOCKED: ['failed', 'blocked'],
  PROTECT_BLOCKED: ['failed', 'blocked'],
  SPAM: ['failed', 'spam_filtered'],
  FILE_INACCESSIBLE: ['failed', 'content'],
  FILE_TYPE_UNSUPPORTED: ['failed', 'content'],
  FILE_SIZE_EXCEEDED: ['failed', 'content'],
  // AWS gave it away and heard nothing: that is no failure.
  UNKNOWN: ['sent', null],
};

/** What is blocked has its reason in words only. */
const BLOCKED: readonly (readonly [RegExp, ErrorClass])[] = [
  [/opted[ -]?out/i, 'opted_out'],
  [/spam/i, 'spam_filtered'],
  [/max(imum)? price|spend(ing)? limit/i, 'price'],
];

const inbound = z.object({
  originationNumber: addressField,
  destinationNumber: addressField,
  messageBody: textField,
  inboundMessageId: idField,
});
const event = z.object({ eventType: z.string().min(1).max(64) });
const status = z.object({
  messageId: idField,
  messageStatusDescription: noteField,
  context: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Source: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
export function parseAwsWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const sns = readSns(request);
  if (!sns) return fail('the body is no SNS message');
  const json = parseJson(sns.Message);
  if (json === undefined) return fail('Message: is not JSON');
  const told = event.safeParse(json);
  if (!told.success) return readMessage(json, sns.Timestamp);
  const [, name] = /^(?:TEXT|MEDIA|RCS)_(.+)$/.exec(told.data.eventType) ?? [];
  return name === undefined ? ok([]) : readStatus(told.data.eventType, name, json);
}

function readMessage(json: unknown, timestamp: string): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(json);
  if (!parsed.success) return fail(`Message.${firstIssue(parsed.error)}`);
  const { originationNumber, destinationNumber, messageBody, inboundMessageId } = parsed.data;
  return ok([
    {
      kind: 'message',
      providerMessageId: inboundMessageId,
      from: originationNumber,
      to: destinationNumber,
      group: [],
      text: messageBody,
      media: [],
      segments: null,
      sentAt: readTime(timestamp),
    },
  ]);
}

function readStatus(eventType: string, name: string, json: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = status.safeParse(json);
  if (!parsed.success) return fail(`Message.${firstIssue(parsed.error)}`);
  const { messageId, messageStatusDescription, context } = parsed.data;
  const [known, byEvent] = (Object.hasOwn(STATUSES, name) && STATUSES[name]) || [null, null];
  const said = BLOCKED.find(([words]) => words.test(messageStatusDescription ?? ''))?.[1];
  const errorClass = byEvent === 'blocked' ? (said ?? byEvent) : byEvent;
  return ok([
    {
      kind: 'status',
      providerMessageId: messageId,
      status: known,
      rawStatus: eventType,
      errorCode: errorClass === null ? null : name,
      errorClass,
      description: errorClass === null ? null : messageStatusDescription,
      reference: asReference(context?.['reference']),
    },
  ]);
}
