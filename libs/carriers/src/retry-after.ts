const MAX_SECONDS = 3600;

/** `Retry-After` in seconds (RFC 9110), as milliseconds, at most an hour; null where absent or a date. */
export function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,9}$/.test(header.trim())) return null;
  return Math.min(Number(header), MAX_SECONDS) * 1000;
}
