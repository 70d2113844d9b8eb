/** `text` without any of the secrets, in plain or as part of HTTP basic credentials. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  let clean = text.replace(/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._-]+/gi, '$1 [redacted]');
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.replaceAll(secret, '[redacted]');
  }
  return clean;
}

/** A query string that may be kept with a webhook: without the secret that some carriers show in it. */
export function keptQuery(query: string): string {
  return query.replace(/(^|&)token=[^&]*/gi, '$1token=[redacted]');
}

/** Headers that may be kept with a webhook: what helps to understand it, never credentials, cookies or signatures. */
const KEPT = new Set([
  'content-type',
  'content-length',
  'user-agent',
  'i-twilio-idempotency-token',
  'webhook-id',
  'webhook-timestamp',
]);

export function keptHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && KEPT.has(name.toLowerCase())) kept[name.toLowerCase()] = value.slice(0, 500);
  }
  return kept;
}
