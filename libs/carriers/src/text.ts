/** A text as it may be kept: whole and untrimmed (parts carry edge spaces), without NUL and half surrogates. */
export function cleanText(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', ''), 'utf8').toString('utf8');
}

/** Ids that carriers give are short; what is longer, empty or has control characters is none. */
export function isProviderId(id: string | null | undefined): id is string {
  return typeof id === 'string' && /^[\x21-\x7e]{1,255}$/.test(id);
}
