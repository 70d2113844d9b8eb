import { normalizeAddress } from '../address.js';
import type { Carrier } from '../carrier.js';
import { answersTo } from '../keyword-answers.js';
import { conversationMediaLink, parseConversationWebhook } from './twilio.conversations.js';
import { twilioLog } from './twilio.log.js';
import { basicAuth, buildTwilioSend, parseTwilioSend } from './twilio.send.js';
import { parseTwilioWebhook, verifyTwilioWebhook } from './twilio.webhook.js';
import { twilioGuide } from './twilio.guide.js';

const isTwilioHost = (url: URL): boolean =>
  url.protocol === 'https:' && /(^|\.)twilio\.com$/.test(url.hostname);

/** Links to these hosts are signed, and are refused where there are credentials too. */
const isSigned = (url: URL): boolean => url.hostname.startsWith('media.');

/**
 * Twilio Programmable Messaging: SMS, MMS, Messaging Services, status callbacks; and texts that its Conversations took.
 * Settings: `accountSid`, optional `messagingServiceSid`, `number`, `apiBase`. Secrets: `authToken`, optional
 * `previousAuthToken`.
 */
export const twilio: Carrier = {
  id: 'twilio',
  name: 'Twilio',
  guide: twilioGuide,
  // Source: https://help.twilio.com/hc/en-us/articles/223134027
  answersKeyword: answersTo(
    'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START UNSTOP YES HELP INFO',
  ),
  // Without a content type Twilio logs warning 12300; an empty 200 is error 11200.
  answer: { status: 200, contentType: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
  verify: verifyTwilioWebhook,
  parse: (request, account) => parseConversationWebhook(request, account) ?? parseTwilioWebhook(request),
  buildSend: buildTwilioSend,
  parseSend: parseTwilioSend,
  mediaHeaders: (url, account) =>
    isTwilioHost(url) && !isSigned(url) ? { authorization: basicAuth(account) } : {},
  mediaLink: (url, body) => (isTwilioHost(url) ? conversationMediaLink(url, body) : null),
  log: twilioLog,
  accountProblem: (settings, secretNames) => {
    if (!/^AC[A-Za-z0-9]{32}$/.test(settings['accountSid'] ?? '')) {
      return 'settings.accountSid must be the Account SID from the Twilio console: AC and 32 letters or digits';
    }
    if (!secretNames.includes('authToken'))
      return 'secrets.authToken is missing: copy the Auth Token from the Twilio console';
    const { number, apiBase } = settings;
    if (number !== undefined && normalizeAddress(number) === null) {
      return 'settings.number must be the number whose texts come by Conversations, like +12125550101: leave it out where the number has a webhook of its own';
    }
    if (apiBase !== undefined && !(URL.canParse(apiBase) && isTwilioHost(new URL(apiBase)))) {
      return 'settings.apiBase must be an https URL of twilio.com: leave it out to use https://api.twilio.com';
    }
    return null;
  },
};
