import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { noteField, wordField } from '../fields.js';
import { apiBase, readSendAnswer, textWithLinks } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { urlWithSecret, webhookSecretProblem } from '../webhook-secret.js';
import { sinchLog } from './sinch.log.js';
import { parseSinchWebhook, verifySinchWebhook } from './sinch.webhook.js';
import { sinchGuide } from './sinch.guide.js';

const REGIONS = ['us', 'eu', 'au', 'br', 'ca'];
const taken = z.object({ id: z.string() });
const refused = z.object({ code: wordField, text: noteField });

/** Source: https://developers.sinch.com/docs/sms/api-reference/sms/tag/Batches/ */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const { settings } = account;
  const [url, ...more] = message.media;
  const base = apiBase(settings['apiBase'], `https://${settings['region'] ?? 'us'}.sms.api.sinch.com`);
  return {
    method: 'POST',
    url: `${base}/xms/v1/${encodeURIComponent(settings['servicePlanId'] ?? '')}/batches`,
    headers: {
      authorization: `Bearer ${account.secrets['apiToken'] ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      from: message.from,
      to: [message.to],
      ...(url === undefined
        ? { type: 'mt_text', body: message.text }
        : { type: 'mt_media', body: { url, message: textWithLinks({ ...message, media: more }) } }),
      delivery_report: 'per_recipient',
      client_reference: message.messageId,
      callback_url: statusCallbackUrl(urlWithSecret(account), message.messageId),
    }),
  };
}

/**
 * Sinch SMS (once CLX, Mblox XMS): SMS, MMS, delivery reports.
 * Settings: `servicePlanId`, optional `region`, `apiBase`. Secrets: `apiToken`, and `signingSecret` (with
 * `previousSigningSecret`) or `webhookSecret`.
 */
export const sinch: Carrier = {
  id: 'sinch',
  name: 'Sinch',
  guide: sinchGuide,
  answer: { status: 200, contentType: null, body: '' },
  verify: verifySinchWebhook,
  parse: parseSinchWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Sinch',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.id, segments: null } : null;
      },
      refused: (json) => {
        const answer = refused.safeParse(json);
        return answer.success
          ? { code: answer.data.code, errorClass: 'unknown', text: answer.data.text }
          : null;
      },
    }),
  // Media lie in public storage.
  mediaHeaders: () => ({}),
  log: sinchLog,
  accountProblem: (settings, secretNames) => {
    if (!settings['servicePlanId'])
      return 'settings.servicePlanId is missing: copy it from the Sinch dashboard (SMS, APIs)';
    if (settings['region'] !== undefined && !REGIONS.includes(settings['region'])) {
      return `settings.region must be one of ${REGIONS.join(', ')}`;
    }
    if (!secretNames.includes('apiToken'))
      return 'secrets.apiToken is missing: copy it from the Sinch dashboard (SMS, APIs)';
    return secretNames.includes('signingSecret') ? null : webhookSecretProblem(settings, secretNames);
  },
  // Sinch repeats only what was answered 429 or 5xx, for 22 hours; any other refusal drops the text for good, even
  // where only a secret here is out of date.
  refusalStatus: () => 429,
};
