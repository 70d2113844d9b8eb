import type { CarrierStatusReport, LoggedReply } from '@partyline/carriers';
import type { Attempt } from '../attempt.js';

/** How far the carrier's clock and ours may be apart, milliseconds. */
const CLOCKS_MS = 2 * 60_000;

/** How the words of an entry fit a reply: `around`, where the carrier put something in front or behind. */
type Fit = 'same' | 'around' | 'wordless' | 'other';
const BEST_FIRST: readonly Fit[] = ['same', 'around', 'wordless', 'other'];

/** An entry that could be about replies that we know no provider id of. Without its words, so that it can be kept. */
export interface Candidate {
  readonly at: Date;
  readonly report: CarrierStatusReport;
  /** By the id of the attempt. */
  readonly fits: Readonly<Record<string, Fit>>;
}

export interface Matches {
  /** `reports`: all that the log says of the attempt, in its order. */
  readonly pairs: readonly { readonly attempt: Attempt; readonly reports: readonly CarrierStatusReport[] }[];
  /** Something in the log could be these, and nothing tells whether it is. */
  readonly doubtful: readonly Attempt[];
}

/** One text as the carrier has it, which may stand in several entries. */
interface Meant {
  readonly at: Date;
  readonly reports: CarrierStatusReport[];
  readonly fits: Map<string, Fit>;
}

/** Of a page of the log, what could be about one of these replies. */
export function candidatesFor(unknown: readonly Attempt[], entries: readonly LoggedReply[]): Candidate[] {
  return entries.flatMap((entry) => {
    const { at, report, text } = entry;
    const meant = unknown.filter((attempt) => isAtThatTime(attempt, entry));
    if (at === null || meant.length === 0) return [];
    return [{ at, report, fits: Object.fromEntries(meant.map((one) => [one.id, fitOf(one, text)])) }];
  });
}

/**
 * Which of the candidates of a whole log is which reply. The same words to the same customer: the earlier entry is the
 * earlier reply. Where the log leaves out the words, as many entries as replies are these replies.
 */
export function match(unknown: readonly Attempt[], candidates: readonly Candidate[]): Matches {
  const inOrder = unknown.toSorted((a, b) => sentAt(a).getTime() - sentAt(b).getTime());
  const left = new Set(textsOf(candidates));
  const pairs: { attempt: Attempt; reports: CarrierStatusReport[] }[] = [];
  const paired = new Set<Attempt>();
  const take = (attempt: Attempt, meant: Meant): void => {
    left.delete(meant);
    paired.add(attempt);
    pairs.push({ attempt, reports: meant.reports });
  };
  const fitting = (attempt: Attempt, fit: Fit): Meant[] =>
    [...left].filter(({ fits }) => fits.get(attempt.id) === fit);
  // What says more than one reply is the one of which it says most.
  const byLength = inOrder.toSorted((a, b) => b.text.length - a.text.length);
  for (const [fit, attempts] of [
    ['same', inOrder],
    ['around', byLength],
  ] as const) {
    for (const attempt of attempts) {
      const [first] = paired.has(attempt) ? [] : fitting(attempt, fit);
      if (first) take(attempt, first);
    }
  }
  const open = inOrder.filter((attempt) => !paired.has(attempt));
  for (const alike of alikeIn(open)) {
    const meant = [...left].filter(({ fits }) => alike.some(({ id }) => fits.get(id) === 'wordless'));
    const each = alike.filter((attempt) => fitting(attempt, 'wordless').length > 0);
    const certain =
      meant.length === each.length && each.every(({ id }, index) => meant[index]?.fits.has(id) === true);
    if (certain) each.forEach((attempt, index) => meant[index] && take(attempt, meant[index]));
  }
  const doubtful = open.filter(
    (attempt) => !paired.has(attempt) && [...left].some(({ fits }) => fits.has(attempt.id)),
  );
  return { pairs, doubtful };
}

/** Those from the same number to the same customer. */
function alikeIn(attempts: readonly Attempt[]): Iterable<readonly Attempt[]> {
  const alike = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const key = `${attempt.from} ${attempt.to}`;
    alike.set(key, [...(alike.get(key) ?? []), attempt]);
  }
  return alike.values();
}

/** Pages can overlap, and some carriers list a text and its report: one provider id is one text. */
function textsOf(candidates: readonly Candidate[]): Meant[] {
  const texts = new Map<string, Meant>();
  for (const { at, report, fits } of candidates) {
    const meant: Meant = texts.get(report.providerMessageId) ?? { at, reports: [], fits: new Map() };
    texts.set(report.providerMessageId, meant);
    meant.reports.push(report);
    for (const [id, fit] of Object.entries(fits)) {
      const known = meant.fits.get(id);
      if (!known || BEST_FIRST.indexOf(fit) < BEST_FIRST.indexOf(known)) meant.fits.set(id, fit);
    }
  }
  return [...texts.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Tries before the last one were surely not taken. */
const sentAt = ({ history, queuedAt }: Attempt): Date =>
  history.findLast(({ step }) => step === 'sending')?.at ?? queuedAt;

function isAtThatTime(attempt: Attempt, { at, from, to }: LoggedReply): boolean {
  if (at === null || to !== attempt.to || (from !== null && from !== attempt.from)) return false;
  const begun = sentAt(attempt).getTime() - CLOCKS_MS;
  const ended = attempt.statusAt.getTime() + CLOCKS_MS;
  return at.getTime() >= begun && at.getTime() <= ended;
}

function fitOf({ text, media }: Attempt, logged: string | null): Fit {
  // What was erased has no words any more.
  if (logged === null || (text === '' && media.length === 0)) return 'wordless';
  const [ours, theirs] = [spelt(text), spelt(logged)];
  if (theirs === ours) return 'same';
  if (ours === '')
    return media.some((url) => theirs.includes(url.replace(/^upload:/, ''))) ? 'around' : 'other';
  // "Sent from your trial account - ", or links to media on lines of their own.
  const around = theirs.endsWith(` ${ours}`) || theirs.startsWith(`${ours}\n`);
  return around ? 'around' : 'other';
}

/** Carriers change spaces and line ends. */
const spelt = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim();

/** Whether a reply would stand in a log that was read from `from` to `to` at `readAt`, had the carrier taken it. */
export function wouldBeThere(attempt: Attempt, read: { readonly from: Date; readonly to: Date }): boolean {
  return (
    attempt.status === 'unknown' &&
    attempt.providerMessageId === null &&
    attempt.queuedAt.getTime() - CLOCKS_MS >= read.from.getTime() &&
    attempt.statusAt.getTime() + CLOCKS_MS <= read.to.getTime()
  );
}
