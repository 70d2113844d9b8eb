const PARAMETER = 'reference';

/**
 * Where a carrier shall post the statuses of one message: the account's URL with our message id as `?reference=`, so
 * that a status finds its message even when the send call was never answered and the provider's id is not known.
 */
export function statusCallbackUrl(publicUrl: string, messageId: string): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(publicUrl) ?? [];
  if (new URLSearchParams(query).has(PARAMETER)) return publicUrl;
  const separator = query === '' ? '?' : '&';
  return `${base}${query}${separator}${PARAMETER}=${encodeURIComponent(messageId)}${fragment}`;
}

/** The reference in a status callback's query string; null where there is none. */
export function referenceOf(query: string): string | null {
  return asReference(new URLSearchParams(query).get(PARAMETER));
}

/** A message id of ours as a carrier repeats it; null where it cannot be one. */
export function asReference(raw: unknown): string | null {
  return typeof raw === 'string' && /^[A-Za-z0-9_-]{1,128}$/.test(raw) ? raw : null;
}
