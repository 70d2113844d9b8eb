import { z } from 'zod';
import type { HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import { accepted, rejected, throttled, unknownOutcome, type SendOutcome } from '../outcome.js';
import { retryAfterMs } from '../retry-after.js';
import { statusCallbackUrl } from '../status-callback.js';
import { isProviderId } from '../text.js';
import { twilioErrorClass } from './twilio.errors.js';

export const TWILIO_API = 'https://api.twilio.com';

/** Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export function buildTwilioSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const accountSid = account.settings['accountSid'] ?? '';
  const form = new URLSearchParams({ To: message.to, From: message.from });
  const service = account.settings['messagingServiceSid'];
  if (service) form.set('MessagingServiceSid', service);
  if (message.text !== '' || message.media.length === 0) form.set('Body', message.text);
  for (const url of message.media) form.append('MediaUrl', url);
  form.set('StatusCallback', statusCallbackUrl(account.publicUrl, message.messageId));
  const base = (account.settings['apiBase'] ?? TWILIO_API).replace(/\/+$/, '');
  return {
    method: 'POST',
    url: `${base}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
    headers: {
      authorization: basicAuth(account),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: form.toString(),
  };
}

export function basicAuth(account: OpenAccount): string {
  const pair = `${account.settings['accountSid'] ?? ''}:${account.secrets['authToken'] ?? ''}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

const created = z.object({
  sid: z.string(),
  num_segments: z.coerce.number().int().positive().nullish().catch(null),
});
const refused = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish(),
});

/** Source: https://www.twilio.com/docs/usage/twilios-response. A 5xx may come after the message was made. */
export function parseTwilioSend(response: HttpResponse): SendOutcome {
  const json = parseJson(response.body);
  if (response.status >= 200 && response.status < 300) {
    const message = created.safeParse(json);
    return message.success && isProviderId(message.data.sid)
      ? accepted(message.data.sid, message.data.num_segments ?? null)
      : unknownOutcome(`Twilio answered ${response.status} without a message SID`);
  }
  const error = refused.safeParse(json);
  const code = error.success && error.data.code != null ? String(error.data.code) : null;
  const said = (error.success && error.data.message) || `HTTP ${response.status}`;
  if (response.status === 429 || code === '20429') {
    return throttled(retryAfterMs(response.headers['retry-after']), `Twilio asks to slow down: ${said}`);
  }
  if (response.status >= 400 && response.status < 500 && response.status !== 408) {
    const credentials = response.status === 401 || response.status === 403;
    const errorClass = code === null ? (credentials ? 'credentials' : 'unknown') : twilioErrorClass(code);
    return rejected(code, errorClass, said);
  }
  return unknownOutcome(`Twilio answered ${response.status}: ${said}`);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
