import type { Carrier } from '../carrier.js';
import { twilioLog } from './twilio.log.js';
import { basicAuth, buildTwilioSend, parseTwilioSend } from './twilio.send.js';
import { parseTwilioWebhook, verifyTwilioWebhook } from './twilio.webhook.js';
import { twilioGuide } from './twilio.guide.js';

const isTwilioHost = (url: URL): boolean =>
  url.protocol === 'https:' && /(^|\.)twilio\.com$/.test(url.hostname);

/**
 * Twilio Programmable Messaging: SMS, MMS, Messaging Services, status callbacks.
 * Settings: `accountSid`, optional `messagingServiceSid`, `apiBase`. Secrets: `authToken`, optional `previousAuthToken`.
 */
export const twilio: Carrier = {
  id: 'twilio',
  name: 'Twilio',
  guide: twilioGuide,
  // Without a content type Twilio logs warning 12300; an empty 200 is error 11200.
  answer: { status: 200, contentType: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
  verify: verifyTwilioWebhook,
  parse: parseTwilioWebhook,
  buildSend: buildTwilioSend,
  parseSend: parseTwilioSend,
  mediaHeaders: (url, account) => (isTwilioHost(url) ? { authorization: basicAuth(account) } : {}),
  log: twilioLog,
  accountProblem: (settings, secretNames) => {
    if (!/^AC[A-Za-z0-9]{32}$/.test(settings['accountSid'] ?? '')) {
      return 'settings.accountSid must be the Account SID from the Twilio console: AC and 32 letters or digits';
    }
    if (!secretNames.includes('authToken'))
      return 'secrets.authToken is missing: copy the Auth Token from the Twilio console';
    const apiBase = settings['apiBase'];
    if (apiBase !== undefined && !(URL.canParse(apiBase) && isTwilioHost(new URL(apiBase)))) {
      return 'settings.apiBase must be an https URL of twilio.com: leave it out to use https://api.twilio.com';
    }
    return null;
  },
};
