import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { countField, noteField, wordField } from '../fields.js';
import { apiBase, readSendAnswer, textWithLinks, type Refused, type Taken } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { urlWithSecret, verifyWebhookSecret, webhookSecretProblem } from '../webhook-secret.js';
import { infobipErrorClass, infobipStatus } from './infobip.status.js';
import { infobipStatusField, parseInfobipWebhook } from './infobip.webhook.js';
import { infobipGuide } from './infobip.guide.js';

const HOST = /^[a-z0-9-]+\.api(-[a-z]{2})?\.infobip\.com$/;
const taken = z.object({
  messages: z
    .array(
      z.object({
        messageId: z.string().nullish(),
        status: infobipStatusField,
        details: z.object({ messageCount: countField }).nullish().catch(null),
      }),
    )
    .min(1),
});
const refused = z.union([
  z.object({
    errorCode: wordField,
    description: noteField,
    violations: z
      .array(z.object({ property: z.string() }))
      .nullish()
      .catch(null),
  }),
  z
    .object({
      requestError: z.object({ serviceException: z.object({ messageId: wordField, text: noteField }) }),
    })
    .transform(({ requestError: { serviceException } }) => ({
      errorCode: serviceException.messageId,
      description: serviceException.text,
      violations: null,
    })),
]);

/** Source: https://www.infobip.com/docs/api/channels/sms/outbound-sms/send-sms-messages */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const base = apiBase(account.settings['apiBase'], `https://${account.settings['host'] ?? ''}`);
  return {
    method: 'POST',
    url: `${base}/sms/3/messages`,
    headers: {
      authorization: `App ${account.secrets['apiKey'] ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      messages: [
        {
          sender: message.from.replace(/^\+/, ''),
          destinations: [{ to: message.to.replace(/^\+/, '') }],
          content: { text: textWithLinks(message) },
          webhooks: {
            delivery: { url: statusCallbackUrl(urlWithSecret(account), message.messageId) },
            contentType: 'application/json',
            callbackData: message.messageId,
          },
        },
      ],
    }),
  };
}

function readTaken(json: unknown): Taken | null {
  const [message] = taken.safeParse(json).data?.messages ?? [];
  if (!message?.messageId || infobipStatus(message.status) === 'failed') return null;
  return { id: message.messageId, segments: message.details?.messageCount ?? null };
}

/** A number is refused inside of an answer that says 200. */
function readRefused(json: unknown): Refused | null {
  const [message] = taken.safeParse(json).data?.messages ?? [];
  if (message && infobipStatus(message.status) === 'failed') {
    const { name, groupName, description } = message.status;
    return { code: name ?? null, errorClass: infobipErrorClass(name, groupName), text: description };
  }
  const answer = refused.safeParse(json);
  if (!answer.success) return null;
  const { errorCode: code, description: text, violations } = answer.data;
  const isRecipient = violations?.some(({ property }) => /\bto$/.test(property)) === true;
  return { code, errorClass: isRecipient ? 'invalid_destination' : 'unknown', text };
}

/**
 * Infobip SMS and inbound MMS. Webhooks show a secret of ours.
 * Settings: `host` (xxxxx.api.infobip.com), optional `webhookUser`, `apiBase`. Secrets: `apiKey`, `webhookSecret`.
 */
export const infobip: Carrier = {
  id: 'infobip',
  name: 'Infobip',
  guide: infobipGuide,
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyWebhookSecret,
  parse: parseInfobipWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, { name: 'Infobip', taken: readTaken, refused: readRefused }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && url.hostname === account.settings['host']
      ? { authorization: `App ${account.secrets['apiKey'] ?? ''}` }
      : {},
  filesAsLinks: () => true,
  accountProblem: (settings, secretNames) => {
    if (!HOST.test(settings['host'] ?? '')) {
      return 'settings.host must be the base URL of the account without https, like xxxxx.api.infobip.com';
    }
    if (!secretNames.includes('apiKey'))
      return 'secrets.apiKey is missing: make an API key in the Infobip portal';
    return webhookSecretProblem(settings, secretNames);
  },
  // Infobip does not say after which refusals it calls again; what asks for patience is repeated everywhere.
  refusalStatus: () => 429,
};
