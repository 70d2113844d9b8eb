/** A row of a list that is sorted by time, the newest first. */
export interface Dated<T> {
  readonly row: T;
  /** ISO 8601. */
  readonly at: string;
  /** The cursor that goes on after it; rows with the same one stay together. */
  readonly position: string;
}

/** As far as one list was read. */
export interface Read<T> {
  readonly rows: readonly Dated<T>[];
  /** Where these began; undefined: at the newest. */
  readonly from: string | undefined;
  /** Where it goes on after them; null: nowhere. */
  readonly next: string | null;
}

export interface Merged<T> {
  readonly rows: readonly T[];
  /** Where both lists go on; null: that one is at its end. */
  readonly next: readonly [string | null | undefined, string | null | undefined];
}

/** Two lists as one: `limit` rows, or fewer where more of one list have to be read to know which is next. */
export function newestFirst<T>(one: Read<T>, other: Read<T>, limit: number): Merged<T> {
  const lists = [one, other] as const;
  const taken: [number, number] = [0, 0];
  const rows: T[] = [];
  for (;;) {
    const heads = [one.rows[taken[0]], other.rows[taken[1]]] as const;
    const unread = lists.some(({ next }, list) => heads[list as 0 | 1] === undefined && next !== null);
    const which = later(heads);
    const head = which === null ? undefined : heads[which];
    if (which === null || head === undefined || unread) break;
    const together = taken[which] > 0 && lists[which].rows[taken[which] - 1]?.position === head.position;
    if (rows.length >= limit && !together) break;
    rows.push(head.row);
    taken[which] += 1;
  }
  return { rows, next: [goesOn(one, taken[0]), goesOn(other, taken[1])] };
}

function later<T>([one, other]: readonly [Dated<T> | undefined, Dated<T> | undefined]): 0 | 1 | null {
  if (one && other) return one.at >= other.at ? 0 : 1;
  if (one) return 0;
  return other ? 1 : null;
}

function goesOn<T>({ rows, from, next }: Read<T>, taken: number): string | null | undefined {
  if (taken === rows.length) return next;
  return taken === 0 ? from : rows[taken - 1]?.position;
}
