const UDH_INDICATOR = 0x40;

export interface Unwrapped {
  readonly content: Uint8Array;
  readonly part: { readonly ref: string; readonly total: number; readonly number: number } | null;
}

/** Takes the user data header off, where there is one (3GPP TS 23.040, 9.2.3.24). */
export function unwrap(bytes: Uint8Array, esmClass: number): Unwrapped {
  const headerEnd = (bytes[0] ?? 0) + 1;
  // A header that is longer than its text is none: better a text with strange characters than no text.
  if ((esmClass & UDH_INDICATOR) === 0 || headerEnd > bytes.length) return { content: bytes, part: null };
  let part: Unwrapped['part'] = null;
  for (let at = 1; at + 1 < headerEnd; at += 2 + (bytes[at + 1] ?? 0)) {
    const [element, length] = [bytes[at], bytes[at + 1]];
    const data = bytes.subarray(at + 2, Math.min(headerEnd, at + 2 + (length ?? 0)));
    if (element === 0x00 && data.length === 3) part = partOf(data[0] ?? 0, data[1] ?? 0, data[2] ?? 0);
    if (element === 0x08 && data.length === 4) {
      part = partOf((data[0] ?? 0) * 256 + (data[1] ?? 0), data[2] ?? 0, data[3] ?? 0);
    }
  }
  return { content: bytes.subarray(headerEnd), part };
}

/** null where it is no place among several. */
export function partOf(ref: number, total: number, number: number): Unwrapped['part'] {
  return total > 1 && number >= 1 && number <= total ? { ref: String(ref), total, number } : null;
}
