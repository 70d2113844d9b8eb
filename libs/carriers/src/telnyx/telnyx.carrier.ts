import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { countField, noteField, wordField } from '../fields.js';
import { answersTo } from '../keyword-answers.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { telnyxLog } from './telnyx.log.js';
import { telnyxKey, verifyTelnyxWebhook } from './telnyx.signature.js';
import { telnyxErrorClass } from './telnyx.status.js';
import { parseTelnyxWebhook } from './telnyx.webhook.js';
import { telnyxGuide } from './telnyx.guide.js';

const taken = z.object({ data: z.object({ id: z.string(), parts: countField }) });
const refused = z.object({
  errors: z.array(z.object({ code: wordField, title: noteField, detail: noteField })).min(1),
});

/** Source: https://developers.telnyx.com/api-reference/messages/send-a-message */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const profile = account.settings['messagingProfileId'];
  return {
    method: 'POST',
    url: `${apiBase(account.settings['apiBase'], 'https://api.telnyx.com')}/v2/messages`,
    headers: {
      authorization: `Bearer ${account.secrets['apiKey'] ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      from: message.from,
      ...(profile ? { messaging_profile_id: profile } : {}),
      to: message.to,
      text: message.text,
      ...(message.media.length > 0 ? { media_urls: message.media, type: 'MMS' } : {}),
      webhook_url: statusCallbackUrl(account.publicUrl, message.messageId),
    }),
  };
}

/**
 * Telnyx Messaging, API v2: SMS, MMS, group MMS, delivery receipts.
 * Settings: `publicKey`, optional `previousPublicKey`, `messagingProfileId`, `apiBase`. Secrets: `apiKey`.
 */
export const telnyx: Carrier = {
  id: 'telnyx',
  name: 'Telnyx',
  guide: telnyxGuide,
  // Sources: https://support.telnyx.com/en/articles/1270091 and .../docs/messaging/messages/advanced-opt-in-out
  answersKeyword: answersTo('STOP STOPALL UNSUBSCRIBE CANCEL END QUIT START UNSTOP HELP'),
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyTelnyxWebhook,
  parse: parseTelnyxWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Telnyx',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.data.id, segments: answer.data.data.parts } : null;
      },
      refused: (json) => {
        const [error] = refused.safeParse(json).data?.errors ?? [];
        if (!error) return null;
        return {
          code: error.code,
          errorClass: telnyxErrorClass(error.code),
          text: error.detail ?? error.title,
        };
      },
    }),
  // Media lie in public storage for 30 days.
  mediaHeaders: () => ({}),
  log: telnyxLog,
  accountProblem: (settings, secretNames) => {
    if (telnyxKey(settings['publicKey'] ?? '') === null) {
      return 'settings.publicKey must be the public key from the Telnyx portal (Keys & Credentials): base64 of 32 bytes';
    }
    if (!secretNames.includes('apiKey'))
      return 'secrets.apiKey is missing: make a V2 API key in the Telnyx portal';
    return null;
  },
};
