import { createHmac } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { calledUrl } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { secretsOf, verifyWebhookSecret } from '../webhook-secret.js';
import type { Mapping } from './generic.mapping.js';

/** By the signature that the mapping describes, else by the account's webhook secret. */
export function verifyByMapping(
  mapping: Mapping,
  request: WebhookRequest,
  account: OpenAccount,
): Result<null, string> {
  if (!mapping.signature) return verifyWebhookSecret(request, account);
  const { header, algorithm, encoding, template, prefix } = mapping.signature;
  const shown = request.headers[header.toLowerCase()];
  if (!shown?.startsWith(prefix))
    return fail(`the header ${header} is missing or does not start with "${prefix}"`);
  const given = shown.slice(prefix.length);
  const signature = encoding === 'hex' ? given.toLowerCase() : given;
  const fits = secretsOf(account, 'signingSecret').some((secret) => {
    const mac = createHmac(algorithm, secret);
    for (const part of template.split(/(\{body\}|\{url\}|\{header:[A-Za-z0-9-]+\})/)) {
      const [, name] = /^\{header:(.+)\}$/.exec(part) ?? [];
      if (part === '{body}') mac.update(request.body);
      else if (part === '{url}') mac.update(calledUrl(account.publicUrl, request.query));
      else mac.update(name === undefined ? part : (request.headers[name.toLowerCase()] ?? ''));
    }
    return sameSecret(mac.digest(encoding), signature);
  });
  return fits
    ? ok(null)
    : fail(`the signature in ${header} does not fit: check signingSecret and the template`);
}
