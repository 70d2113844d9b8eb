import { z } from 'zod';
import { basicAuth } from '../basic-auth.js';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { noteField } from '../fields.js';
import { answersTo } from '../keyword-answers.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { twilio } from '../twilio/twilio.carrier.js';
import { urlWithSecret } from '../webhook-secret.js';
import { plivoLog } from './plivo.log.js';
import { verifyPlivoWebhook } from './plivo.signature.js';
import { parsePlivoWebhook } from './plivo.webhook.js';
import { plivoGuide } from './plivo.guide.js';

const taken = z.object({ message_uuid: z.array(z.string()).min(1) });
const refused = z.object({ error: z.union([noteField, z.unknown().transform(() => null)]) });

const credentials = (account: OpenAccount): string =>
  basicAuth(account.settings['authId'] ?? '', account.secrets['authToken'] ?? '');

/** Source: https://docs.plivo.com/docs/messaging/api/message/send-a-message */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const powerpack = account.settings['powerpackUuid'];
  const base = apiBase(account.settings['apiBase'], 'https://api.plivo.com');
  return {
    method: 'POST',
    url: `${base}/v1/Account/${encodeURIComponent(account.settings['authId'] ?? '')}/Message/`,
    headers: {
      authorization: credentials(account),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      ...(powerpack ? { powerpack_uuid: powerpack } : { src: message.from }),
      dst: message.to,
      text: message.text,
      ...(message.media.length > 0 ? { type: 'mms', media_urls: message.media } : {}),
      url: statusCallbackUrl(urlWithSecret(account), message.messageId),
      method: 'POST',
    }),
  };
}

/**
 * Plivo: SMS, MMS, status callbacks.
 * Settings: `authId`, optional `powerpackUuid`, `apiBase`. Secrets: `authToken`, optional `previousAuthToken`,
 * `webhookSecret` (asked for on top, because Plivo's signature leaves the body out).
 */
export const plivo: Carrier = {
  id: 'plivo',
  name: 'Plivo',
  guide: plivoGuide,
  // It blocks who says STOP, and lets one answer of ours through within five minutes.
  // Sources: https://docs.plivo.com/docs/messaging/concepts/dnd-service, https://support.plivo.com/hc/en-us/articles/360041786171
  answersKeyword: answersTo('HELP INFO'),
  answer: twilio.answer,
  verify: verifyPlivoWebhook,
  parse: parsePlivoWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Plivo',
      taken: (json) => {
        const id = taken.safeParse(json).data?.message_uuid[0];
        return id === undefined ? null : { id, segments: null };
      },
      refused: (json) => {
        const said = refused.safeParse(json).data?.error ?? null;
        return said === null
          ? null
          : { code: null, errorClass: /\bdst\b/.test(said) ? 'invalid_destination' : 'unknown', text: said };
      },
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && /(^|\.)plivo\.com$/.test(url.hostname)
      ? { authorization: credentials(account) }
      : {},
  log: plivoLog,
  accountProblem: (settings, secretNames) => {
    if (!settings['authId']) return 'settings.authId is missing: copy the Auth ID from the Plivo console';
    return secretNames.includes('authToken')
      ? null
      : 'secrets.authToken is missing: copy the Auth Token from the Plivo console';
  },
};
