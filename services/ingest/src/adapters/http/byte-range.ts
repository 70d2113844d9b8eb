export interface ByteRange {
  readonly start: number;
  /** The first byte that is not wanted any more. */
  readonly end: number;
}

/**
 * The one range that a `Range` header asks for (RFC 9110, 14.2), as players of audio and video do. null: everything
 * (no range, several, or one we do not understand); `unsatisfiable`: nothing of it is there.
 */
export function byteRange(header: string | undefined, bytes: number): ByteRange | null | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return start >= end ? 'unsatisfiable' : { start, end };
}
