/** A text that the SMSC may hand over again, because nobody can say whether it heard that we have it. */
export interface OpenText {
  readonly id: string;
  readonly fingerprint: string;
}

/** A text as it came over a bind. */
export interface ArrivedText extends OpenText {
  readonly sequence: number;
  /** It counts as one that came before. */
  readonly again: boolean;
  /** Which of the times that it came this is: an answer to an earlier one says nothing of this one. */
  readonly turn: number;
}

interface Entry {
  readonly id: string;
  readonly fingerprint: string;
  sequence: number;
  again: boolean;
  turn: number;
  state: 'waiting' | 'answered' | 'doubtful';
  /** By the order of the answers. */
  answer: number;
  /** Until when it may come again; null while there is no bind over which it could. */
  until: number | null;
  /** When it came the last time. */
  since: number;
}

/** For how long a text that was refused for now is expected again. */
export const REFUSED_MS = 60 * 60_000;
/**
 * And one whose answer may have got lost, from when we are bound again. Short: had the SMSC heard the answer after all,
 * the next text with the same words would be taken for this one.
 */
export const UNHEARD_MS = 5 * 60_000;
/** Some SMSCs wait no longer for an answer, and then hand the text over again, over the same connection. */
export const UNANSWERED_MS = 2_000;
const MOST_OPEN = 5_000;

/**
 * Which texts of an account the SMSC may hand over again. SMPP gives a customer's text no id, so one that comes again
 * looks like a second one with the same words. It is one that comes again only if the SMSC may not have heard our
 * answer to the first: it got a temporary refusal, it got none for longer than an SMSC may wait, or the connection ended
 * before the SMSC showed that it read on. Everything else with the same words is a new text. Times are milliseconds of a
 * clock that nobody sets.
 */
export class OpenTexts {
  private readonly entries = new Map<string, Entry>();
  private arrived = 0;
  private turns = 0;
  private answers = 0;

  constructor(
    /** Of whoever holds the bind: no two ever have the same. */
    private readonly epoch: string,
    carried: readonly OpenText[] = [],
  ) {
    for (const { id, fingerprint } of carried) {
      this.entries.set(id, {
        id,
        fingerprint,
        sequence: 0,
        again: true,
        turn: 0,
        state: 'doubtful',
        answer: 0,
        until: null,
        since: 0,
      });
    }
  }

  arrive(fingerprint: string, sequence: number, now: number): ArrivedText {
    this.expire(now);
    this.turns += 1;
    const again = [...this.entries.values()].find(
      (entry) =>
        entry.fingerprint === fingerprint &&
        (entry.state === 'doubtful' || entry.sequence === sequence || hasWaited(entry, now)),
    );
    if (again) {
      Object.assign(again, {
        state: 'waiting',
        again: true,
        turn: this.turns,
        sequence,
        until: null,
        since: now,
      });
      return arrivedOf(again);
    }
    this.arrived += 1;
    const id = textId(this.epoch, this.arrived);
    const entry: Entry = {
      id,
      fingerprint,
      sequence,
      again: false,
      turn: this.turns,
      state: 'waiting',
      answer: 0,
      until: null,
      since: now,
    };
    this.entries.set(id, entry);
    return arrivedOf(entry);
  }

  /** `taken`: the answer that we have it was written to a connection that stood. */
  answered({ id, turn }: ArrivedText, taken: boolean, now: number): void {
    const entry = this.entries.get(id);
    if (entry?.state !== 'waiting' || entry.turn !== turn) return;
    this.answers += 1;
    entry.answer = this.answers;
    entry.state = taken ? 'answered' : 'doubtful';
    if (!taken) entry.until = now + REFUSED_MS;
  }

  /** What the SMSC has proven to have read once it answers a question that is asked now. */
  mark(): number {
    return this.answers;
  }

  proven(mark: number): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'answered' && entry.answer <= mark) this.entries.delete(entry.id);
    }
  }

  /** The connection ended. */
  lost(): void {
    for (const entry of this.entries.values()) {
      if (entry.state !== 'doubtful') Object.assign(entry, { state: 'doubtful', until: null });
    }
  }

  bound(now: number): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'doubtful') entry.until ??= now + UNHEARD_MS;
    }
  }

  /** For whoever holds the bind next: all that arrived so far and is not among `open` is settled. */
  left(now: number): { readonly through: number; readonly open: readonly OpenText[] } {
    this.expire(now);
    const open = [...this.entries.values()].map(({ id, fingerprint }) => ({ id, fingerprint }));
    return { through: this.arrived, open };
  }

  private expire(now: number): void {
    for (const [id, { until }] of this.entries) if (until !== null && until <= now) this.entries.delete(id);
    for (const id of this.entries.keys()) {
      if (this.entries.size <= MOST_OPEN) break;
      this.entries.delete(id);
    }
  }
}

const hasWaited = ({ state, since }: Entry, now: number): boolean =>
  state === 'waiting' && now - since >= UNANSWERED_MS;

const arrivedOf = ({ id, fingerprint, sequence, again, turn }: Entry): ArrivedText => ({
  id,
  fingerprint,
  sequence,
  again,
  turn,
});

/**
 * Sorts by arrival within an epoch. It holds nothing of the text, not even a hash: it stays when the text is erased.
 */
export const textId = (epoch: string, number: number): string =>
  `${epoch}-${String(number).padStart(10, '0')}`;
