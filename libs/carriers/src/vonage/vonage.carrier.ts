import { basicAuth } from '../basic-auth.js';
import type { Carrier } from '../carrier.js';
import { answersTo, isShortCode } from '../keyword-answers.js';
import { webhookSecretProblem } from '../webhook-secret.js';
import { vonageLog } from './vonage.log.js';
import { vonageFields } from './vonage.fields.js';
import { buildVonageSend, parseVonageSend } from './vonage.send.js';
import { SIGNATURE_METHODS, verifyVonageWebhook } from './vonage.signature.js';
import { parseVonageWebhook } from './vonage.webhook.js';
import { vonageGuide } from './vonage.guide.js';

const METHODS: readonly string[] = SIGNATURE_METHODS;
const isVonageHost = (url: URL): boolean =>
  url.protocol === 'https:' && /(^|\.)(nexmo|vonage)\.com$/.test(url.hostname);

/**
 * Vonage (Nexmo): SMS API, and Messages API for SMS and MMS.
 * Settings: `apiKey`, optional `api` (`sms` or `messages`: which one sends), `signatureMethod`, `apiBase`. Secrets:
 * `apiSecret`, `signatureSecret` (and `previousSignatureSecret`) or, where webhooks are not signed, `webhookSecret`.
 */
export const vonage: Carrier = {
  id: 'vonage',
  name: 'Vonage',
  guide: vonageGuide,
  // Only where it is asked to (opt-out assist of a campaign), but always on short codes.
  // Source: https://developer.vonage.com/en/opt-out-assist/guides/key-word-setup
  answersKeyword: answersTo('STOP END QUIT CANCEL UNSUBSCRIBE START JOIN HELP', isShortCode),
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyVonageWebhook,
  parse: parseVonageWebhook,
  buildSend: buildVonageSend,
  parseSend: parseVonageSend,
  mediaHeaders: (url, account) =>
    isVonageHost(url)
      ? { authorization: basicAuth(account.settings['apiKey'] ?? '', account.secrets['apiSecret'] ?? '') }
      : {},
  log: vonageLog,
  filesAsLinks: (settings) => settings['api'] !== 'messages',
  accountProblem: (settings, secretNames) => {
    if (!settings['apiKey']) return 'settings.apiKey is missing: copy it from the Vonage API dashboard';
    if (!secretNames.includes('apiSecret'))
      return 'secrets.apiSecret is missing: copy it from the Vonage API dashboard';
    if (settings['api'] !== undefined && !['sms', 'messages'].includes(settings['api'])) {
      return 'settings.api must be sms or messages';
    }
    if (settings['signatureMethod'] !== undefined && !METHODS.includes(settings['signatureMethod'])) {
      return `settings.signatureMethod must be one of ${METHODS.join(', ')}`;
    }
    return secretNames.includes('signatureSecret') ? null : webhookSecretProblem(settings, secretNames);
  },
  // Vonage now and then calls without the signature that is switched on; it calls again, signed, only after a 5xx.
  refusalStatus: (refusal, request) => {
    const signed = request.headers['authorization'] !== undefined || vonageFields(request).has('sig');
    return { signature: signed ? 403 : 503, malformed: 400, account: 404, size: 413 }[refusal];
  },
};
