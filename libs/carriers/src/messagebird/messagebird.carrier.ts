import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { birdAnswersKeyword } from '../bird/bird.keywords.js';
import { noteField, wordField } from '../fields.js';
import type { ErrorClass } from '../outcome.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { urlWithSecret, webhookSecretProblem } from '../webhook-secret.js';
import { verifyMessagebirdWebhook } from './messagebird.signature.js';
import { parseMessagebirdWebhook } from './messagebird.webhook.js';
import { messagebirdGuide } from './messagebird.guide.js';

const taken = z.object({ id: z.string(), recipients: z.object({}) });
const refused = z.object({
  errors: z.array(z.object({ code: wordField, description: noteField, parameter: noteField })).min(1),
});
/** Source: https://developers.messagebird.com/api/#api-errors */
const CLASSES: Readonly<Record<string, ErrorClass>> = { '2': 'credentials', '25': 'price' };

/** Sources: https://developers.messagebird.com/api/sms-messaging/#send-outbound-sms and .../api/mms-messaging/ */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const base = apiBase(account.settings['apiBase'], 'https://rest.messagebird.com');
  const isMms = message.media.length > 0;
  return {
    method: 'POST',
    url: `${base}/${isMms ? 'mms' : 'messages'}`,
    headers: {
      authorization: `AccessKey ${account.secrets['accessKey'] ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      originator: message.from,
      recipients: [message.to],
      body: message.text,
      reference: message.messageId,
      ...(isMms
        ? { mediaUrls: message.media }
        : { datacoding: 'auto', reportUrl: statusCallbackUrl(urlWithSecret(account), message.messageId) }),
    }),
  };
}

/**
 * MessageBird's SMS and MMS API (rest.messagebird.com); for the newer platform see `bird`.
 * Secrets: `accessKey`, `signingKey` (with `previousSigningKey`), `webhookSecret` for status reports, which are not
 * always signed.
 */
export const messagebird: Carrier = {
  id: 'messagebird',
  name: 'MessageBird',
  guide: messagebirdGuide,
  answersKeyword: birdAnswersKeyword,
  answer: { status: 200, contentType: 'text/plain', body: 'OK' },
  verify: verifyMessagebirdWebhook,
  parse: parseMessagebirdWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'MessageBird',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.id, segments: null } : null;
      },
      refused: (json) => {
        const [error] = refused.safeParse(json).data?.errors ?? [];
        if (!error) return null;
        const isRecipient = error.parameter?.startsWith('recipient') === true;
        return {
          code: error.code,
          errorClass: isRecipient
            ? 'invalid_destination'
            : (Object.hasOwn(CLASSES, error.code) && CLASSES[error.code]) || 'unknown',
          text: error.description,
        };
      },
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && /(^|\.)messagebird\.com$/.test(url.hostname)
      ? { authorization: `AccessKey ${account.secrets['accessKey'] ?? ''}` }
      : {},
  accountProblem: (settings, secretNames) => {
    if (!secretNames.includes('accessKey')) {
      return 'secrets.accessKey is missing: make a live key in the MessageBird dashboard (Developers, API access)';
    }
    return secretNames.includes('signingKey') ? null : webhookSecretProblem(settings, secretNames);
  },
};
