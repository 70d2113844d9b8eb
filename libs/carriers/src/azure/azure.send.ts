import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import { noteField, wordField } from '../fields.js';
import type { ErrorClass, SendOutcome } from '../outcome.js';
import { readSendAnswer, textWithLinks, type Refused } from '../send-answer.js';

const PATH = '/sms?api-version=2021-03-07';

/** Source: https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial */
export function signAzure(
  accessKey: string,
  method: string,
  host: string,
  path: string,
  date: string,
  body: string,
) {
  const hash = createHash('sha256').update(body, 'utf8').digest('base64');
  const signature = createHmac('sha256', Buffer.from(accessKey, 'base64'))
    .update(`${method}\n${path}\n${date};${host};${hash}`, 'utf8')
    .digest('base64');
  return {
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}

/** Source: https://learn.microsoft.com/rest/api/communication/sms/sms/send */
export function buildAzureSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const raw = account.settings['endpoint'] ?? '';
  const endpoint = new URL(URL.canParse(raw) ? raw : 'https://communication.invalid');
  const date = message.at.toUTCString();
  const recipient = {
    to: message.to,
    // Azure sends a repeated request with the same id only once.
    repeatabilityRequestId: repeatabilityId(message.messageId),
    repeatabilityFirstSent: date,
  };
  const body = JSON.stringify({
    from: message.from,
    smsRecipients: [recipient],
    message: textWithLinks(message),
    smsSendOptions: { enableDeliveryReport: true, tag: message.messageId },
  });
  const signed = signAzure(account.secrets['accessKey'] ?? '', 'POST', endpoint.host, PATH, date, body);
  return {
    method: 'POST',
    url: `${endpoint.origin}${PATH}`,
    headers: { ...signed, 'content-type': 'application/json', accept: 'application/json' },
    body,
  };
}

/** Azure wants a UUID; the same message always gets the same. */
function repeatabilityId(messageId: string): string {
  const hex = createHash('sha256').update(messageId).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const one = z.object({
  messageId: z.string().nullish(),
  httpStatusCode: z.number(),
  successful: z.boolean(),
  errorMessage: noteField,
});
const answer = z.object({ value: z.array(one).min(1) });
const refused = z.object({ error: z.object({ code: wordField, message: noteField }) });

/** Azure takes the request with a 202 and says for each recipient in it what became of it. */
export function parseAzureSend(response: HttpResponse): SendOutcome {
  return readSendAnswer(response, {
    name: 'Azure',
    taken: (json) => {
      const [first] = answer.safeParse(json).data?.value ?? [];
      return first?.successful && first.messageId ? { id: first.messageId, segments: null } : null;
    },
    refused: readRefused,
    uncertain: (json) => {
      const [first] = answer.safeParse(json).data?.value ?? [];
      const isError = first !== undefined && (first.httpStatusCode >= 500 || first.httpStatusCode === 408);
      return isError ? (first.errorMessage ?? `${first.httpStatusCode} for this recipient`) : null;
    },
  });
}

function readRefused(json: unknown): Refused | null {
  const [first] = answer.safeParse(json).data?.value ?? [];
  if (first) {
    const code = String(first.httpStatusCode);
    return { code, errorClass: classOf(first.httpStatusCode), text: first.errorMessage };
  }
  const said = refused.safeParse(json).data?.error;
  return said
    ? { code: said.code, errorClass: said.code === 'Denied' ? 'credentials' : 'unknown', text: said.message }
    : null;
}

function classOf(status: number): ErrorClass {
  if (status === 400) return 'invalid_destination';
  if (status === 401 || status === 403) return 'credentials';
  return status === 429 ? 'throttled' : 'unknown';
}
