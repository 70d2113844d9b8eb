/** Codes that undici and Node give to failures before anything of a request was written, wherever they come from. */
const BEFORE_THE_REQUEST = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/** What asks for an address, and what makes a connection. */
const BEFORE_THE_CONNECTION = new Set(['getaddrinfo', 'connect']);
/** Node's words where the other side went away while the two agreed on keys; it has no code of its own. */
const IN_THE_HANDSHAKE = 'before secure TLS connection was established';

/**
 * Whether a request surely was not sent: no address, no connection, or none that may be trusted. The code alone does not
 * tell: a connection on which the request was written long ago can end with EHOSTUNREACH, too, when its answer is read.
 */
export function wasNotSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // Node joins the failures of several addresses in one: not sent only if to none of them.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every(wasNotSent);
  }
  const word = (name: 'code' | 'syscall' | 'message'): string => {
    const value: unknown = name in error ? (error as Record<typeof name, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return (
    BEFORE_THE_CONNECTION.has(word('syscall')) ||
    BEFORE_THE_REQUEST.has(word('code')) ||
    word('message').includes(IN_THE_HANDSHAKE)
  );
}
