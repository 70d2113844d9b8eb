import { createHash, randomUUID } from 'node:crypto';

/**
 * An id that is the same wherever it is computed from the same parts: `<prefix>_` and 128 bits of SHA-256
 * in base64url. Parts are length-prefixed, so ('ab','c') and ('a','bc') differ.
 */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  let framed = '';
  for (const part of parts) framed += `${Buffer.byteLength(part)}:${part};`;
  return `${prefix}_${createHash('sha256').update(framed).digest('base64url').slice(0, 22)}`;
}

/** A new id that nobody else has: `<prefix>_` and a random UUID without its dashes. */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

/** The one conversation of a tenant's inbox and number with this set of peers (E.164 or short codes), for ever. */
export function conversationId(
  tenantId: string,
  inboxId: string,
  number: string,
  peers: readonly string[],
): string {
  return derivedId('cv', tenantId, inboxId, number, ...[...new Set(peers)].sort());
}

/** The one message that a carrier account knows by this provider id, for ever. */
export function messageId(carrier: string, accountId: string, providerMessageId: string): string {
  return derivedId('ms', carrier, accountId, providerMessageId);
}
