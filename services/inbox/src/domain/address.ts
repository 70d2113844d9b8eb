const E164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{3,8}$/;

/**
 * An address that a person typed, as carriers take it: E.164 with its plus sign, or a short code. White space and the
 * usual separators do not count. Null where it is neither: a country is not guessed.
 */
export function dialable(typed: string): string | null {
  const bare = typed.replaceAll(/[\s().\-\u2010-\u2015\u00a0]/g, '').replace(/^00/, '+');
  return E164.test(bare) || SHORT_CODE.test(bare) ? bare : null;
}
