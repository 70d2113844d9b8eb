import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, Handshake, WebhookRequest } from '../carrier.js';
import { addressField, countField, firstIssue, idField, noteField, textField, timeField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { jsonBody } from '../payload.js';
import { readEach } from '../read-each.js';
import { asReference } from '../status-callback.js';

const VALIDATION = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const RECEIVED = 'Microsoft.Communication.SMSReceived';
const REPORT = 'Microsoft.Communication.SMSDeliveryReportReceived';

/** The Event Grid schema says `eventType`, CloudEvents 1.0 `type`. */
const event = z.object({
  eventType: z.string().nullish(),
  type: z.string().nullish(),
  data: z.unknown().optional(),
});
const validation = z.object({ validationCode: z.string().min(1).max(512) });
const inbound = z.object({
  messageId: idField,
  from: addressField,
  to: addressField,
  message: textField,
  receivedTimestamp: timeField,
  segmentCount: countField,
});
const report = z.object({
  messageId: idField,
  deliveryStatus: z.string().min(1).max(64),
  deliveryStatusDetails: noteField,
  tag: z.unknown().optional(),
});

function eventsOf(request: WebhookRequest): Result<readonly unknown[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  if (Array.isArray(json.value)) return ok(json.value.slice(0, 1000));
  return typeof json.value === 'object' && json.value !== null
    ? ok([json.value])
    : fail('the body is neither an event nor an array of events');
}

/**
 * Event Grid sends nothing until its question was answered: the code of its first event, or (CloudEvents) the origin of
 * its OPTIONS request. Source: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
export function azureHandshake(request: WebhookRequest): Handshake | null {
  if (request.method === 'OPTIONS') {
    const origin = request.headers['webhook-request-origin'] ?? '';
    const allowed = /^[A-Za-z0-9.-]{1,253}$/.test(origin) ? origin : 'eventgrid.azure.net';
    const headers = { 'webhook-allowed-origin': allowed, 'webhook-allowed-rate': '*' };
    return { answer: { status: 200, contentType: null, body: '', headers }, confirmUrl: null };
  }
  const events = eventsOf(request);
  for (const one of events.ok ? events.value : []) {
    const told = event.safeParse(one);
    if (told.data?.eventType !== VALIDATION) continue;
    const code = validation.safeParse(told.data.data).data?.validationCode;
    if (code === undefined) continue;
    const body = JSON.stringify({ validationResponse: code });
    return { answer: { status: 200, contentType: 'application/json', body }, confirmUrl: null };
  }
  return null;
}

/** Source: https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events */
export function parseAzureWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const events = eventsOf(request);
  return events.ok ? readEach(events.value, readEvent) : events;
}

function readEvent(one: unknown): Result<readonly CarrierEvent[], string> {
  const told = event.safeParse(one);
  const type = told.data?.eventType ?? told.data?.type;
  if (!told.success || type == null) return fail('the event has no type');
  const data = smallNames(told.data.data);
  if (type === RECEIVED) return readMessage(data);
  return type === REPORT ? readReport(data) : ok([]);
}

/** Microsoft shows some names with a capital: `Tag` to this day, all of them before. */
const smallNames = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      )
    : data;

function readMessage(data: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(data);
  if (!parsed.success) return fail(`data.${firstIssue(parsed.error)}`);
  const { messageId, from, to, message, receivedTimestamp, segmentCount } = parsed.data;
  return ok([
    {
      kind: 'message',
      providerMessageId: messageId,
      from,
      to,
      group: [],
      text: message,
      media: [],
      segments: segmentCount,
      sentAt: receivedTimestamp,
    },
  ]);
}

/** Source: https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes (SMS) */
const CODES: Readonly<Record<string, ErrorClass>> = {
  '4000': 'spam_filtered',
  '4001': 'unregistered',
  '4002': 'invalid_destination',
  '4003': 'invalid_destination',
  '4004': 'invalid_destination',
  '4005': 'blocked',
  '4006': 'unreachable',
  '4007': 'opted_out',
  '4008': 'throttled',
  '4009': 'blocked',
  '4010': 'unregistered',
  '4020': 'throttled',
};
/** Details have a code, words or both. */
const WORDS: readonly (readonly [RegExp, ErrorClass])[] = [
  [/opt(ed)?[ -]?out|unsubscribed/i, 'opted_out'],
  [/spam|filter|fraud/i, 'spam_filtered'],
  [/landline/i, 'landline'],
  [/exceed|volumetric|throttl/i, 'throttled'],
  [/unverified|not being verified|not registered|unregistered|invalid source/i, 'unregistered'],
  [/invalid|(not|n't) exist|unallocated|unsupported destination/i, 'invalid_destination'],
  [/unreachable|(not|n't) reachable|switched off|no answer/i, 'unreachable'],
  [/expired/i, 'expired'],
  [/block|reject|denied/i, 'blocked'],
];
/** The next carrier tells nothing: the text may well have arrived. */
const NO_REPORTS = '5002';

function readReport(data: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = report.safeParse(data);
  if (!parsed.success) return fail(`data.${firstIssue(parsed.error)}`);
  const { messageId, deliveryStatus, deliveryStatusDetails, tag } = parsed.data;
  const said = deliveryStatusDetails ?? '';
  const code = /\b(\d{4})\b/.exec(said)?.[1] ?? null;
  const untold = code === NO_REPORTS;
  const failed = deliveryStatus === 'Failed' && !untold;
  return ok([
    {
      kind: 'status',
      providerMessageId: messageId,
      status: failed ? 'failed' : untold ? 'sent' : deliveryStatus === 'Delivered' ? 'delivered' : null,
      rawStatus: deliveryStatus,
      errorCode: failed ? code : null,
      errorClass: failed ? classOf(code, said) : null,
      description: failed ? deliveryStatusDetails : null,
      reference: asReference(tag),
    },
  ]);
}

function classOf(code: string | null, said: string): ErrorClass {
  const byCode = code !== null && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  return WORDS.find(([words]) => words.test(said))?.[1] ?? byCode ?? 'unknown';
}
