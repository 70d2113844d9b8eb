import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from './carrier.js';
import { sameSecret } from './secure-compare.js';

const TOKEN = 'token';

/** A secret and the one that it replaces, both good while they are being changed: `x` and `previousX`. */
export function secretsOf(account: OpenAccount, name: string): string[] {
  const previous = `previous${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [account.secrets[name], account.secrets[previous]].filter(
    (secret): secret is string => secret !== undefined && secret !== '',
  );
}

/**
 * For carriers that do not sign: `secrets.webhookSecret`, which the carrier sends as the password of HTTP basic
 * authentication (with the user `settings.webhookUser`, where set), as a bearer token, or as `?token=` of the URL that
 * it calls. `settings.webhookOpen` = `yes` takes anything from anyone: for closed networks only.
 */
export function verifyWebhookSecret(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const secrets = secretsOf(account, 'webhookSecret');
  if (secrets.length === 0) {
    return account.settings['webhookOpen'] === 'yes'
      ? ok(null)
      : fail('the account has no webhookSecret, so nobody can be told from the carrier');
  }
  const shown = presented(request, account.settings['webhookUser']);
  if (shown.length === 0) {
    return fail(
      'there is no webhook secret: neither basic nor bearer authentication, nor ?token= in the URL',
    );
  }
  return secrets.some((secret) => shown.some((one) => sameSecret(secret, one)))
    ? ok(null)
    : fail('the webhook secret does not fit: compare it with the one set up at the carrier');
}

/** All that may be the secret: a carrier may show credentials of its own beside it. */
function presented(request: WebhookRequest, user: string | undefined): string[] {
  const token = new URLSearchParams(request.query).get(TOKEN);
  // In a URL that somebody typed, a plus of the secret reads as a space.
  const inUrl = token === null ? [] : [token, token.replaceAll(' ', '+')];
  const [, scheme = '', value = ''] =
    /^(basic|bearer) +(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return [value, ...inUrl];
  if (scheme.toLowerCase() !== 'basic') return inUrl;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const fits = colon !== -1 && (!user || sameSecret(user, pair.slice(0, colon)));
  return fits ? [pair.slice(colon + 1), ...inUrl] : inUrl;
}

/** The account's URL with the secret in it, for callbacks that we ask for ourselves. */
export function urlWithSecret(account: OpenAccount): string {
  const [secret] = secretsOf(account, 'webhookSecret');
  if (secret === undefined) return account.publicUrl;
  const separator = account.publicUrl.includes('?') ? '&' : '?';
  return `${account.publicUrl}${separator}${TOKEN}=${encodeURIComponent(secret)}`;
}

/** What is missing for `verifyWebhookSecret`; null when nothing is. */
export function webhookSecretProblem(
  settings: Readonly<Record<string, string>>,
  secretNames: readonly string[],
): string | null {
  if (secretNames.includes('webhookSecret') || settings['webhookOpen'] === 'yes') return null;
  return 'secrets.webhookSecret is missing: this carrier does not sign, so it has to show a secret of ours, as password or as ?token= in the URL';
}
