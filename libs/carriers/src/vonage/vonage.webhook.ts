import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, TextPart, WebhookRequest } from '../carrier.js';
import { readTime } from '../fields.js';
import { contentType } from '../payload.js';
import { asReference, referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';
import { vonageFields, vonageJson } from './vonage.fields.js';
import { isMessagesApi, parseMessagesApi } from './vonage.messages-webhook.js';
import { vonageErrorClass, vonageStatus } from './vonage.status.js';

/**
 * One text or one receipt of the SMS API (query, form or JSON) or of the Messages API (JSON).
 * Sources: https://developer.vonage.com/messaging/sms/guides/inbound-sms and .../delivery-receipts
 */
export function parseVonageWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = vonageJson(request);
  if (isMessagesApi(json)) return parseMessagesApi(json, request.query);
  if (json === undefined && contentType(request).includes('json') && request.method === 'POST') {
    return fail('the body is not JSON');
  }
  const fields = vonageFields(request);
  if (
    request.method === 'GET' &&
    !fields.has('messageId') &&
    !fields.has('msisdn') &&
    !fields.has('status')
  ) {
    return ok([]);
  }
  const id = fields.get('messageId');
  if (!isProviderId(id)) return fail('messageId is missing or is not an id');
  return fields.has('status') ? readReceipt(id, fields, request.query) : readText(id, fields);
}

/** In a receipt msisdn is the recipient, and `to` our sender. */
function readReceipt(
  id: string,
  fields: ReadonlyMap<string, string>,
  query: string,
): Result<readonly CarrierEvent[], string> {
  const word = (fields.get('status') ?? '').slice(0, 64);
  if (word === '') return fail('status is empty');
  const code = fields.get('err-code') || null;
  const errorCode = code === '0' ? null : code;
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: vonageStatus(word),
      rawStatus: word,
      errorCode,
      errorClass:
        errorCode === null ? (word === 'expired' ? 'expired' : null) : vonageErrorClass('receipt', errorCode),
      description: null,
      reference: referenceOf(query) ?? asReference(fields.get('client-ref')),
    },
  ]);
}

function readText(id: string, fields: ReadonlyMap<string, string>): Result<readonly CarrierEvent[], string> {
  const from = normalizeAddress(fields.get('msisdn') ?? '');
  if (from === null) return fail('msisdn is missing or is not an address');
  const to = normalizeAddress(fields.get('to') ?? '');
  if (to === null) return fail('to is missing or is not an address');
  const data = fields.get('data');
  const text = fields.get('text') ?? (data === undefined ? null : `Binary message (hex): ${data}`);
  if (text === null) return fail('there is neither text nor data');
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from,
      to,
      group: [],
      text: cleanText(text),
      media: [],
      segments: null,
      sentAt: readTime(fields.get('message-timestamp')),
      part: partOf(fields),
    },
  ]);
}

/** Vonage hands on the parts of a long text one by one. */
function partOf(fields: ReadonlyMap<string, string>): TextPart | null {
  if (fields.get('concat')?.toLowerCase() !== 'true') return null;
  const ref = fields.get('concat-ref') ?? '';
  const total = Number(fields.get('concat-total'));
  const number = Number(fields.get('concat-part'));
  const whole =
    Number.isInteger(total) && Number.isInteger(number) && number >= 1 && number <= total && total <= 255;
  return ref !== '' && whole ? { ref: ref.slice(0, 64), total, number } : null;
}
