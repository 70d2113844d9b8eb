/** A place in one creation of the inbox stream; as the id of an SSE event: `<creation>-<sequence>`. */
export interface LivePosition {
  readonly creation: string;
  readonly sequence: number;
}

const FORM = /^([A-Za-z0-9]{1,32})-(0|[1-9]\d{0,15})$/;

export const formatPosition = (position: LivePosition): string => `${position.creation}-${position.sequence}`;

/** null for anything that was never one of our ids. */
export function parsePosition(id: string | undefined): LivePosition | null {
  const match = FORM.exec(id ?? '');
  if (!match) return null;
  const [, creation = '', digits = ''] = match;
  const sequence = Number(digits);
  return Number.isSafeInteger(sequence) ? { creation, sequence } : null;
}

/** How far a stream goes: `first` is the oldest sequence that is still kept. */
export interface StreamExtent {
  readonly creation: string;
  readonly first: number;
  readonly last: number;
}

export type Resume =
  /** Nothing was missed, or nothing was asked for: events from `after` on. */
  | { readonly kind: 'live'; readonly after: number }
  /** Sequences after `after` up to and including `through` must be read again first. */
  | { readonly kind: 'replay'; readonly after: number; readonly through: number }
  /** The gap cannot be given back exactly. */
  | { readonly kind: 'reset' };

/**
 * How a client that has seen everything up to `last` goes on. `attached` is the newest sequence that live events of this
 * process start after; another replica may have shown the client more than that already. A gap longer than `bound`
 * is cheaper to fetch anew than to replay.
 */
export function resumeFrom(
  last: LivePosition | null,
  stream: StreamExtent,
  attached: number,
  bound: number,
): Resume {
  if (last === null) return { kind: 'live', after: attached };
  if (last.creation !== stream.creation) return { kind: 'reset' };
  if (last.sequence > Math.max(stream.last, attached)) return { kind: 'reset' };
  if (last.sequence < stream.first - 1) return { kind: 'reset' };
  if (last.sequence >= attached) return { kind: 'live', after: last.sequence };
  if (attached - last.sequence > bound) return { kind: 'reset' };
  return { kind: 'replay', after: last.sequence, through: attached };
}
