import { z } from 'zod';
import { basicAuth } from '../basic-auth.js';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { countField, noteField, wordField } from '../fields.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { verifyWebhookSecret, webhookSecretProblem } from '../webhook-secret.js';
import { bandwidthLog } from './bandwidth.log.js';
import { bandwidthErrorClass } from './bandwidth.errors.js';
import { parseBandwidthWebhook } from './bandwidth.webhook.js';
import { bandwidthGuide } from './bandwidth.guide.js';

const taken = z.object({ id: z.string(), segmentCount: countField });
const refused = z.object({
  type: z.string(),
  description: noteField,
  fieldErrors: z
    .array(z.object({ fieldName: wordField, description: noteField }))
    .nullish()
    .catch(null),
});

const credentials = (account: OpenAccount): string =>
  basicAuth(account.settings['apiUser'] ?? '', account.secrets['apiPassword'] ?? '');

/** Source: https://dev.bandwidth.com/apis/messaging-apis/messaging (createMessage) */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const base = apiBase(account.settings['apiBase'], 'https://messaging.bandwidth.com');
  return {
    method: 'POST',
    url: `${base}/api/v2/users/${encodeURIComponent(account.settings['accountId'] ?? '')}/messages`,
    headers: {
      authorization: credentials(account),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      applicationId: account.settings['applicationId'] ?? '',
      to: [message.to],
      from: message.from,
      text: message.text,
      ...(message.media.length > 0 ? { media: message.media } : {}),
      tag: message.messageId,
    }),
  };
}

/**
 * Bandwidth Messaging v2: SMS, MMS, group MMS, delivery receipts. Bandwidth does not sign: the application's callback
 * user and password, or a token in the URL, stand for it.
 * Settings: `accountId`, `applicationId`, `apiUser`, optional `webhookUser`, `apiBase`. Secrets: `apiPassword`,
 * `webhookSecret`, optional `previousWebhookSecret`.
 */
export const bandwidth: Carrier = {
  id: 'bandwidth',
  name: 'Bandwidth',
  guide: bandwidthGuide,
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyWebhookSecret,
  parse: parseBandwidthWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Bandwidth',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.id, segments: answer.data.segmentCount } : null;
      },
      refused: (json) => {
        const answer = refused.safeParse(json);
        if (!answer.success) return null;
        const { type, description, fieldErrors } = answer.data;
        const invalidTo = fieldErrors?.some(({ fieldName }) => fieldName.startsWith('to')) === true;
        return {
          code: type,
          errorClass: invalidTo ? 'invalid_destination' : bandwidthErrorClass(type),
          text: fieldErrors?.[0]?.description ?? description,
        };
      },
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && url.hostname === 'messaging.bandwidth.com'
      ? { authorization: credentials(account) }
      : {},
  log: bandwidthLog,
  accountProblem: (settings, secretNames) => {
    for (const name of ['accountId', 'applicationId', 'apiUser']) {
      if (!settings[name]) return `settings.${name} is missing: copy it from the Bandwidth dashboard`;
    }
    if (!secretNames.includes('apiPassword'))
      return 'secrets.apiPassword is missing: the password of the API user';
    return webhookSecretProblem(settings, secretNames);
  },
};
