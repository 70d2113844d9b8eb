/**
 * Joins a replayed gap and the live events into one sequence without a gap or a duplicate: live events wait while the
 * gap is read, and nothing passes twice or backwards. Knows sequences only; what an item is, is the caller's business.
 */
export class OrderedDelivery<T> {
  private waiting: { readonly sequence: number; readonly item: T }[] | null;

  /** `after`: the last sequence that the receiver has. `replaying`: live events have to wait for {@link caughtUp}. */
  constructor(
    private after: number,
    replaying: boolean,
  ) {
    this.waiting = replaying ? [] : null;
  }

  /** How many live events wait for the replay. */
  get backlog(): number {
    return this.waiting?.length ?? 0;
  }

  get position(): number {
    return this.after;
  }

  /** A live event: what may be sent on now. */
  live(sequence: number, item: T): readonly T[] {
    if (this.waiting !== null) {
      this.waiting.push({ sequence, item });
      return [];
    }
    return this.pass(sequence, item);
  }

  /** An event of the gap: what may be sent on now. */
  replayed(sequence: number, item: T): readonly T[] {
    return this.pass(sequence, item);
  }

  /** The gap is closed: the live events that waited, less those that the replay has given already. */
  caughtUp(): readonly T[] {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    return waiting.flatMap(({ sequence, item }) => this.pass(sequence, item));
  }

  /** The stream is another one now, of which the receiver has seen everything up to `after`. */
  restart(after: number): void {
    this.after = after;
    if (this.waiting !== null) this.waiting = [];
  }

  private pass(sequence: number, item: T): readonly T[] {
    if (sequence <= this.after) return [];
    this.after = sequence;
    return [item];
  }
}
