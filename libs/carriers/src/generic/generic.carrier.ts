import { fail, type Result } from '@partyline/kernel';
import type { Carrier, CarrierEvent, OpenAccount, WebhookAnswer, WebhookRequest } from '../carrier.js';
import type { CarrierGuide } from '../carrier-guide.js';
import { webhookSecretProblem } from '../webhook-secret.js';
import { readMapping, type Mapping } from './generic.mapping.js';
import { buildByMapping, parseByPlaces } from './generic.send.js';
import { verifyByMapping } from './generic.signature.js';
import { parseByMapping } from './generic.webhook.js';
import { genericGuide } from './generic.guide.js';

const ANSWER: WebhookAnswer = { status: 200, contentType: null, body: '' };
/** Of an answer whose account is not known. */
const COMMON_IDS = ['id', 'messageId', 'message_id', 'data.id'];

/** A carrier that is read and written by a mapping: the account's own, else the one that the carrier comes with. */
export function mappedCarrier(
  id: string,
  name: string,
  standard: Mapping | null,
  guide: CarrierGuide,
): Carrier {
  const mappingOf = (settings: Readonly<Record<string, string>>): Result<Mapping, string> => {
    const own = settings['mapping'];
    if (own) return readMapping(own);
    return standard ? { ok: true, value: standard } : fail('settings.mapping is missing');
  };
  const withMapping = <T>(
    account: OpenAccount,
    use: (mapping: Mapping) => Result<T, string>,
  ): Result<T, string> => {
    const mapping = mappingOf(account.settings);
    return mapping.ok
      ? use(mapping.value)
      : fail(`the mapping of this account cannot be used: ${mapping.error}`);
  };
  return {
    id,
    name,
    guide,
    answer: ANSWER,
    answerFor: ({ settings }) => {
      const mapping = mappingOf(settings);
      const response = mapping.ok ? mapping.value.response : undefined;
      return response
        ? { status: response.status, contentType: response.contentType ?? null, body: response.body }
        : ANSWER;
    },
    verify: (request: WebhookRequest, account) =>
      withMapping(account, (mapping) => verifyByMapping(mapping, request, account)),
    parse: (request, account): Result<readonly CarrierEvent[], string> =>
      withMapping(account, (mapping) => parseByMapping(mapping, request, account)),
    buildSend: (message, account) => {
      const mapping = mappingOf(account.settings);
      const send = mapping.ok ? mapping.value.send : undefined;
      const request = send && buildByMapping(send, message, account);
      // Not to be reached: `accountProblem` refuses accounts without. No host ever answers to this name (RFC 2606).
      return request && URL.canParse(request.url)
        ? request
        : { method: 'POST', url: 'https://no-send-url.invalid/', headers: {}, body: '' };
    },
    parseSend: (response, account) => {
      const mapping = account ? mappingOf(account.settings) : null;
      const send = mapping?.ok ? mapping.value.send : standard?.send;
      return parseByPlaces(send ?? { id: COMMON_IDS }, response);
    },
    mediaHeaders: () => ({}),
    filesAsLinks: () => true,
    accountProblem: (settings, secretNames) => {
      const mapping = mappingOf(settings);
      if (!mapping.ok) return `settings.mapping cannot be used: ${mapping.error}`;
      const problem = sendProblem(mapping.value, settings, secretNames);
      if (problem !== null) return problem;
      if (!mapping.value.signature) return webhookSecretProblem(settings, secretNames);
      return secretNames.includes('signingSecret')
        ? null
        : 'secrets.signingSecret is missing: the mapping describes a signature';
    },
  };
}

/** Whether every setting and secret that the send part names is there. */
function sendProblem(
  { send }: Mapping,
  settings: Readonly<Record<string, string>>,
  secretNames: readonly string[],
): string | null {
  if (!send) return 'settings.mapping: send is missing, so no reply could go out';
  const templates = [send.url, ...Object.values(send.fields), ...Object.values(send.headers)].join('\n');
  for (const [, kind, name = '', other = ''] of templates.matchAll(
    /\{(setting|secret|basic):(\w+)(?::(\w+))?\}/g,
  )) {
    const setting = kind === 'secret' ? null : name;
    const secret = kind === 'secret' ? name : kind === 'basic' ? other : null;
    if (setting !== null && !settings[setting]) return `settings.${setting} is missing: the mapping names it`;
    if (secret !== null && !secretNames.includes(secret))
      return `secrets.${secret} is missing: the mapping names it`;
  }
  const url = send.url.replace(/\{setting:(\w+)\}/g, (_hole, name: string) => settings[name] ?? '');
  const plain = url.replace(/\{[^}]*\}/g, 'x');
  return /^https?:/.test(plain) && URL.canParse(plain)
    ? null
    : 'settings.mapping: send.url is no http(s) URL';
}

/**
 * Any carrier that calls by HTTP, by a mapping that an Admin writes (docs/carriers/generic.md).
 * Settings: `mapping` (JSON), optional `number`, and what the mapping names. Secrets: `webhookSecret` or
 * `signingSecret`, and what the mapping names.
 */
export const generic = mappedCarrier('generic', 'Another carrier', null, genericGuide);
