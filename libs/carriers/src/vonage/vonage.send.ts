import { z } from 'zod';
import { basicAuth } from '../basic-auth.js';
import type { HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import { noteField, wordField } from '../fields.js';
import { isGsmText } from '../gsm-0338.js';
import { typeByName } from '../media-names.js';
import { rejected, type SendOutcome } from '../outcome.js';
import { parseJson } from '../payload.js';
import { apiBase, readSendAnswer, textWithLinks, type Refused, type Taken } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { urlWithSecret } from '../webhook-secret.js';
import { messagesErrorCode } from './vonage.messages-webhook.js';
import { vonageErrorClass } from './vonage.status.js';

/** Pictures go out by the Messages API alone. */
export function buildVonageSend(message: OutboundText, account: OpenAccount): HttpRequest {
  return account.settings['api'] === 'messages' ? messagesApi(message, account) : smsApi(message, account);
}

const withoutPlus = (address: string): string => address.replace(/^\+/, '');

/** Source: https://developer.vonage.com/api/sms#send-sms */
function smsApi(message: OutboundText, account: OpenAccount): HttpRequest {
  const text = textWithLinks(message);
  const form = new URLSearchParams({
    api_key: account.settings['apiKey'] ?? '',
    api_secret: account.secrets['apiSecret'] ?? '',
    from: withoutPlus(message.from),
    to: withoutPlus(message.to),
    text,
    ...(isGsmText(text) ? {} : { type: 'unicode' }),
    callback: statusCallbackUrl(urlWithSecret(account), message.messageId),
    'client-ref': message.messageId,
  });
  return {
    method: 'POST',
    url: `${apiBase(account.settings['apiBase'], 'https://rest.nexmo.com')}/sms/json`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  };
}

/** What goes out as what it is; anything else as a file. */
const KINDS: Readonly<Record<string, string>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/gif': 'image',
  'video/mp4': 'video',
  'audio/mpeg': 'audio',
  'text/vcard': 'vcard',
};

/**
 * One file a message; links to further ones follow in its caption.
 * Sources: https://developer.vonage.com/api/messages-olympus and https://developer.vonage.com/en/messages/concepts/mms
 */
function messagesApi(message: OutboundText, account: OpenAccount): HttpRequest {
  const [url, ...more] = message.media;
  const type = typeByName(url ?? '');
  const kind = type === null ? 'image' : (KINDS[type] ?? 'file');
  const caption = textWithLinks({ ...message, media: more });
  const content =
    url === undefined
      ? { channel: 'sms', message_type: 'text', text: message.text }
      : { channel: 'mms', message_type: kind, [kind]: { url, ...(caption === '' ? {} : { caption }) } };
  return {
    method: 'POST',
    url: `${apiBase(account.settings['apiBase'], 'https://api.nexmo.com')}/v1/messages`,
    headers: {
      authorization: basicAuth(account.settings['apiKey'] ?? '', account.secrets['apiSecret'] ?? ''),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      ...content,
      from: withoutPlus(message.from),
      to: withoutPlus(message.to),
      client_ref: message.messageId,
      webhook_url: statusCallbackUrl(urlWithSecret(account), message.messageId),
    }),
  };
}

const sms = z.object({
  messages: z
    .array(z.object({ status: wordField, 'message-id': wordField.nullish(), 'error-text': noteField }))
    .min(1),
});
const taken = z.object({ message_uuid: z.string() });
const problem = z.object({
  type: z.string().nullish(),
  title: wordField.nullish(),
  detail: noteField,
  invalid_parameters: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
});

/** The SMS API refuses with HTTP 200 and a status other than 0; the Messages API with a problem (RFC 9457). */
export function parseVonageSend(response: HttpResponse): SendOutcome {
  const answer = { name: 'Vonage', taken: readTaken, refused: readRefused, uncertain: readUncertain };
  return inPart(response) ?? readSendAnswer(response, answer);
}

/** Some parts of a long text are with the customer already: to send it again would send these twice. */
function inPart({ status, body }: HttpResponse): SendOutcome | null {
  const parts = status < 300 ? (sms.safeParse(parseJson(body)).data?.messages ?? []) : [];
  const refused = parts.find((part) => part.status !== '0');
  const taken = parts.filter((part) => part.status === '0').length;
  if (!refused || taken === 0) return null;
  const said = refused['error-text'] ?? `status ${refused.status}`;
  const description = `${said}; only ${taken} of the text's ${parts.length} parts were taken`;
  return rejected(refused.status, 'unknown', description);
}

function readTaken(json: unknown): Taken | null {
  const uuid = taken.safeParse(json);
  if (uuid.success) return { id: uuid.data.message_uuid, segments: null };
  const parts = sms.safeParse(json).data?.messages ?? [];
  const [first] = parts;
  return first?.status === '0' && first['message-id']
    ? { id: first['message-id'], segments: parts.length }
    : null;
}

const INTERNAL_ERROR = '5';

function readUncertain(json: unknown): string | null {
  const part = sms.safeParse(json).data?.messages.find((one) => one.status === INTERNAL_ERROR);
  return part ? (part['error-text'] ?? 'an internal error') : null;
}

function readRefused(json: unknown): Refused | null {
  const [part] = sms.safeParse(json).data?.messages ?? [];
  if (part)
    return { code: part.status, errorClass: vonageErrorClass('send', part.status), text: part['error-text'] };
  const answer = problem.safeParse(json);
  if (!answer.success || (answer.data.type == null && answer.data.title == null)) return null;
  const code = messagesErrorCode(answer.data.type, answer.data.title);
  const isRecipient = answer.data.invalid_parameters?.some(({ name }) => name === 'to') === true;
  const byCode = code === null ? 'unknown' : vonageErrorClass('messages', code);
  return {
    code,
    errorClass: isRecipient ? 'invalid_destination' : byCode,
    text: answer.data.detail ?? answer.data.title ?? null,
  };
}
