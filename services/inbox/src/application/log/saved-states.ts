/**
 * Every so many entries the log keeps the conversation as that entry made it. So what it was at any time is told by
 * reading this many entries at most, however long the conversation is.
 */
export const SAVED_EVERY = 32;

export const savesState = (seq: number): boolean => seq % SAVED_EVERY === 0;

/** Part of a log: what comes after the entry `after` (0: from the beginning), up to and with the entry `upTo`. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** What has to be read to know these entries and what each made of its conversation; ascending. */
export function stretchesTo(seqs: Iterable<number>): Stretch[] {
  const ends = new Map<number, number>();
  for (const seq of seqs) {
    const after = seq - 1 - ((seq - 1) % SAVED_EVERY);
    ends.set(after, Math.max(seq, ends.get(after) ?? 0));
  }
  return [...ends].map(([after, upTo]) => ({ after, upTo })).sort((a, b) => a.after - b.after);
}
