import { HIDDEN } from './known-secrets.js';

const WORDS = new Set([
  'auth',
  'authorization',
  'bearer',
  'cookie',
  'hmac',
  'jwt',
  'key',
  'pass',
  'passphrase',
  'pwd',
  'sig',
  'sign',
]);
const ENDINGS = /(?:token|secret|passwo?r?d|signature|apikey|accesskey|credentials?)$/;

/** Whether what has this name is a credential, as far as a name can say: `api_key`, `accessToken`, `X-Signature`. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).some((word) => WORDS.has(word) || ENDINGS.test(word));
}

const hide = (whole: string, name: string, value: string): string =>
  isSecretName(name) && value !== '' ? whole.slice(0, whole.length - value.length) + HIDDEN : whole;

// None of these can take more than a look at each character: each begins at a mark, and what may repeat is bounded.
const JWT = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g;
const SCHEME = /\b(Basic|Bearer)(\s{1,5})[A-Za-z0-9+/=._~-]{16,}/gi;
const IN_URL = /:\/\/[^\s/@:"'<>]{0,256}:[^\s/@"'<>]{1,256}@/g;
const PAIR = /(?<![^?&;\s"'])([\w.[\]%-]{1,100})=([^&;\s"'<>]+)/g;
const JSON_FIELD = /"([^"\\]{1,100})"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.)*)/gs;
const JSON_IN_JSON = /\\"([^"\\]{1,100})\\"\s{0,20}:\s{0,20}\\"([^"\\]*)/g;
const XML_FIELD = /<([A-Za-z_][\w.:-]{0,99})>([^<]*)/g;
const MULTIPART = /\bname="([^"\r\n]{1,100})"(?:\r?\n[^\r\n]{1,200}){0,5}\r?\n\r?\n([^\r\n]*)/g;

/** Without values that are credentials by their name or by their form, whoever they belong to. */
export function withoutNamedSecrets(text: string): string {
  return [PAIR, JSON_FIELD, JSON_IN_JSON, XML_FIELD, MULTIPART]
    .reduce((clean, field) => clean.replace(field, hide), text)
    .replace(JWT, HIDDEN)
    .replace(SCHEME, `$1$2${HIDDEN}`)
    .replace(IN_URL, `://${HIDDEN}@`);
}
