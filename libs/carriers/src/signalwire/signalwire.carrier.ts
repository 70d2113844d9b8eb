import { z } from 'zod';
import { basicAuth } from '../basic-auth.js';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { countField, noteField, wordField } from '../fields.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { twilio } from '../twilio/twilio.carrier.js';
import { twilioErrorClass } from '../twilio/twilio.errors.js';
import { signalwireLog } from './signalwire.log.js';
import { parseSignalwireWebhook, verifySignalwireWebhook } from './signalwire.webhook.js';
import { signalwireGuide } from './signalwire.guide.js';

const SPACE = /^[a-z0-9-]+\.signalwire\.com$/;
const taken = z.object({ sid: z.string(), num_segments: countField });
const refused = z.object({ code: wordField.nullish(), message: noteField });

const credentials = (account: OpenAccount): string =>
  basicAuth(account.settings['projectId'] ?? '', account.secrets['apiToken'] ?? '');

/** Source: https://signalwire.com/docs/compatibility-api/rest/messages/create-message */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const { settings } = account;
  const form = new URLSearchParams({ To: message.to, From: message.from });
  if (message.text !== '' || message.media.length === 0) form.set('Body', message.text);
  for (const url of message.media) form.append('MediaUrl', url);
  form.set('StatusCallback', statusCallbackUrl(account.publicUrl, message.messageId));
  const base = apiBase(settings['apiBase'], `https://${settings['space'] ?? ''}`);
  const project = encodeURIComponent(settings['projectId'] ?? '');
  return {
    method: 'POST',
    url: `${base}/api/laml/2010-04-01/Accounts/${project}/Messages.json`,
    headers: {
      authorization: credentials(account),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: form.toString(),
  };
}

/**
 * SignalWire: Twilio's forms and answers with another signature key.
 * Settings: `space` (acme.signalwire.com), `projectId`, optional `apiBase`. Secrets: `apiToken`, `signingKey`, optional
 * `previousSigningKey`.
 */
export const signalwire: Carrier = {
  id: 'signalwire',
  name: 'SignalWire',
  guide: signalwireGuide,
  // Its documentation says nothing of words: it refuses texts to who sent one as Twilio does (21610), so it counts as
  // answering Twilio's, since two answers are worse than one that an account is set up for.
  answersKeyword: (word, ourNumber) => twilio.answersKeyword?.(word, ourNumber) ?? false,
  answer: twilio.answer,
  verify: verifySignalwireWebhook,
  parse: parseSignalwireWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'SignalWire',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.sid, segments: answer.data.num_segments } : null;
      },
      refused: (json) => {
        const answer = refused.safeParse(json);
        if (!answer.success || (answer.data.code == null && answer.data.message === null)) return null;
        const code = answer.data.code ?? null;
        return {
          code,
          errorClass: code === null ? 'unknown' : twilioErrorClass(code),
          text: answer.data.message,
        };
      },
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && url.hostname === account.settings['space']
      ? { authorization: credentials(account) }
      : {},
  log: signalwireLog,
  accountProblem: (settings, secretNames) => {
    if (!SPACE.test(settings['space'] ?? '')) {
      return 'settings.space must be the host of the space, like acme.signalwire.com';
    }
    if (!settings['projectId'])
      return 'settings.projectId is missing: copy the Project ID from API Credentials';
    if (!secretNames.includes('apiToken'))
      return 'secrets.apiToken is missing: make an API token for messaging';
    if (!secretNames.includes('signingKey')) {
      return 'secrets.signingKey is missing: show it in API Credentials; webhooks are signed with it, not with the API token';
    }
    return null;
  },
};
