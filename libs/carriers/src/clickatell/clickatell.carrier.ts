import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { noteField, wordField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { apiBase, readSendAnswer, textWithLinks, type Refused } from '../send-answer.js';
import { verifyWebhookSecret, webhookSecretProblem } from '../webhook-secret.js';
import { parseClickatellWebhook } from './clickatell.webhook.js';
import { clickatellGuide } from './clickatell.guide.js';

const said = z.object({ code: wordField.nullish(), description: noteField });
/** The first API of the platform says the same in three fields. */
const saidBefore = z
  .object({ errorCode: wordField, error: noteField, errorDescription: noteField })
  .transform(({ errorCode: code, error, errorDescription }) => ({
    code,
    description: errorDescription ?? error,
  }));
const problem = z.union([z.object({ error: said }).transform(({ error }) => error), saidBefore]);
const taken = z.object({
  messages: z.array(z.looseObject({ apiMessageId: z.string().nullish(), accepted: z.boolean() })).min(1),
});
/** Source: https://docs.clickatell.com/channels/sms-channels/sms-api-reference (error codes) */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '105': 'invalid_destination',
  '106': 'unregistered',
  '107': 'content',
  '113': 'content',
  '114': 'unreachable',
  '115': 'expired',
  '116': 'content',
  '121': 'blocked',
  '122': 'opted_out',
  '123': 'unregistered',
  '128': 'blocked',
  '130': 'throttled',
  '301': 'price',
  '302': 'price',
  '607': 'unregistered',
};

/** Source: https://docs.clickatell.com/channels/one-api/one-api-reference (send a message) */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  return {
    method: 'POST',
    url: `${apiBase(account.settings['apiBase'], 'https://platform.clickatell.com')}/v1/message`,
    headers: {
      authorization: account.secrets['apiKey'] ?? '',
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      messages: [
        {
          channel: 'sms',
          to: message.to.replace(/^\+/, ''),
          from: message.from.replace(/^\+/, ''),
          content: textWithLinks(message),
          clientMessageId: message.messageId,
        },
      ],
    }),
  };
}

function readRefused(json: unknown): Refused | null {
  const [message] = taken.safeParse(json).data?.messages ?? [];
  const error = problem.safeParse(message).data ?? problem.safeParse(json).data;
  if (!error) return null;
  const code = error.code ?? null;
  return {
    code,
    errorClass: (code !== null && Object.hasOwn(CLASSES, code) && CLASSES[code]) || 'unknown',
    text: error.description,
  };
}

/**
 * Clickatell: SMS API and One API. Webhooks show a secret of ours.
 * Settings: optional `number`, `webhookUser`, `apiBase`. Secrets: `apiKey`, `webhookSecret`.
 */
export const clickatell: Carrier = {
  id: 'clickatell',
  name: 'Clickatell',
  guide: clickatellGuide,
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyWebhookSecret,
  parse: parseClickatellWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Clickatell',
      taken: (json) => {
        const [message] = taken.safeParse(json).data?.messages ?? [];
        return message?.accepted && message.apiMessageId
          ? { id: message.apiMessageId, segments: null }
          : null;
      },
      refused: readRefused,
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && url.hostname === 'platform.clickatell.com'
      ? { authorization: account.secrets['apiKey'] ?? '' }
      : {},
  filesAsLinks: () => true,
  accountProblem: (settings, secretNames) =>
    secretNames.includes('apiKey')
      ? webhookSecretProblem(settings, secretNames)
      : 'secrets.apiKey is missing: copy the key of the SMS or One API integration in the Clickatell portal',
  // Clickatell does not say after which refusals it calls again; what asks for patience is repeated everywhere.
  refusalStatus: () => 429,
};
