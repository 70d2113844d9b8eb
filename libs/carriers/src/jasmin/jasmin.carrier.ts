import type { Carrier, HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import { encodeGsm, isGsmText } from '../gsm-0338.js';
import { accepted, rejected, throttled, unknownOutcome, type SendOutcome } from '../outcome.js';
import { apiBase, textWithLinks } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { isProviderId } from '../text.js';
import { urlWithSecret, verifyWebhookSecret, webhookSecretProblem } from '../webhook-secret.js';
import { parseJasminWebhook } from './jasmin.webhook.js';
import { jasminGuide } from './jasmin.guide.js';

const ALPHABETS = ['gsm', 'latin1', 'utf8'];

/** Source: https://docs.jasminsms.com/en/latest/apis/http/index.html#sending-sms-mt */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const text = textWithLinks(message);
  const gsm = isGsmText(text);
  const content = gsm ? encodeGsm(text) : Buffer.from(text, 'utf16le').swap16();
  const form = new URLSearchParams({
    username: account.settings['username'] ?? '',
    password: account.secrets['password'] ?? '',
    to: message.to,
    from: message.from,
    'hex-content': content.toString('hex'),
    coding: gsm ? '0' : '8',
    dlr: 'yes',
    'dlr-level': '3',
    'dlr-method': 'POST',
    'dlr-url': statusCallbackUrl(urlWithSecret(account), message.messageId),
  });
  return {
    method: 'POST',
    url: `${apiBase(account.settings['apiBase'], 'http://localhost:1401')}/send`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

/** `Success "uuid"` or `Error "why"`. */
function parseSend(response: HttpResponse): SendOutcome {
  const { status, body } = response;
  const id = /^Success "([^"]+)"/.exec(body)?.[1];
  if (status >= 200 && status < 300 && isProviderId(id)) return accepted(id);
  const said = /^Error "([^"]*)"/.exec(body)?.[1]?.slice(0, 500) || `HTTP ${status}`;
  if (status < 400 || status === 408 || status >= 500)
    return unknownOutcome(`Jasmin answered ${status}: ${said}`);
  if (status === 429 || /throughput/i.test(said)) return throttled(null, `Jasmin asks to slow down: ${said}`);
  if (/authentication/i.test(said) || status === 401) return rejected(String(status), 'credentials', said);
  if (/balance|charg/i.test(said)) return rejected(String(status), 'price', said);
  return rejected(String(status), /\[to\]|destination/i.test(said) ? 'invalid_destination' : 'unknown', said);
}

/**
 * SMPP carriers by Jasmin's HTTP API: Jasmin binds to the SMSC, joins long texts and calls us.
 * Settings: `apiBase` (http://host:1401), `username`, optional `alphabet` (what coding 0 means: gsm, latin1, utf8).
 * Secrets: `password`, `webhookSecret`.
 */
export const jasmin: Carrier = {
  id: 'jasmin',
  name: 'Jasmin (SMPP)',
  guide: jasminGuide,
  // Jasmin takes nothing else for an answer, and else tries three times more.
  answer: { status: 200, contentType: 'text/plain', body: 'ACK/Jasmin' },
  verify: verifyWebhookSecret,
  parse: parseJasminWebhook,
  buildSend,
  parseSend,
  mediaHeaders: () => ({}),
  filesAsLinks: () => true,
  accountProblem: (settings, secretNames) => {
    if (
      !/^https?:$/.test(
        URL.canParse(settings['apiBase'] ?? '') ? new URL(settings['apiBase'] ?? '').protocol : '',
      )
    ) {
      return 'settings.apiBase must be the URL of the Jasmin HTTP API, like http://jasmin:1401';
    }
    if (!settings['username']) return 'settings.username is missing: the Jasmin user that sends';
    if (settings['alphabet'] !== undefined && !ALPHABETS.includes(settings['alphabet'])) {
      return `settings.alphabet must be one of ${ALPHABETS.join(', ')}`;
    }
    if (!secretNames.includes('password'))
      return 'secrets.password is missing: the password of the Jasmin user';
    return webhookSecretProblem(settings, secretNames);
  },
};
