import type { LoggedReply } from '@partyline/carriers';
import type { Attempt } from '../attempt.js';

/** How far the carrier's clock and ours may be apart, milliseconds. */
const CLOCKS_MS = 2 * 60_000;

export interface Matches {
  readonly pairs: readonly { readonly attempt: Attempt; readonly entry: LoggedReply }[];
  /** More than one could be meant, and nothing tells which. */
  readonly doubtful: readonly Attempt[];
}

/**
 * Which entries of the carrier's log tell about replies that we know no provider id of. The same words to the same
 * customer: the earlier entry is the earlier reply. Where the log leaves out the words, only what is alone is certain.
 */
export function match(unknown: readonly Attempt[], entries: readonly LoggedReply[]): Matches {
  const pairs: { attempt: Attempt; entry: LoggedReply }[] = [];
  const doubtful = new Set<Attempt>();
  const taken = new Set<LoggedReply>();
  const inOrder = unknown.toSorted((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime());
  const byTime = entries.toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
  for (const attempt of inOrder) {
    const meant = byTime.filter((entry) => !taken.has(entry) && mayBe(attempt, entry));
    const [first] = meant;
    if (!first) continue;
    const rivals = inOrder.filter((other) => other !== attempt && meant.some((entry) => mayBe(other, entry)));
    const certain = meant.every(({ text }) => text !== null) || (meant.length === 1 && rivals.length === 0);
    if (certain) {
      taken.add(first);
      pairs.push({ attempt, entry: first });
    } else {
      for (const one of [attempt, ...rivals]) doubtful.add(one);
    }
  }
  return { pairs, doubtful: [...doubtful] };
}

function mayBe(attempt: Attempt, { at, from, to, text }: LoggedReply): boolean {
  if (from !== attempt.from || to !== attempt.to || at === null) return false;
  const begun = attempt.queuedAt.getTime() - CLOCKS_MS;
  const ended = attempt.statusAt.getTime() + CLOCKS_MS;
  // Carriers put words around it ("Sent from your trial account"), or links to media behind it.
  return at.getTime() >= begun && at.getTime() <= ended && (text === null || text.includes(attempt.text));
}

/** Whether a reply would stand in a log that was read from `from` to `to` at `readAt`, had the carrier taken it. */
export function wouldBeThere(attempt: Attempt, read: { readonly from: Date; readonly to: Date }): boolean {
  return (
    attempt.status === 'unknown' &&
    attempt.providerMessageId === null &&
    attempt.queuedAt.getTime() - CLOCKS_MS >= read.from.getTime() &&
    attempt.statusAt.getTime() + CLOCKS_MS <= read.to.getTime()
  );
}
