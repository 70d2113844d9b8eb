/** 128 random bits in hex. Not crypto.randomUUID: that is missing on plain http, which a first try in a LAN uses. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
