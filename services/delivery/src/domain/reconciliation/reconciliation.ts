import type { Candidate } from './match.js';

/** What comparing has come to. */
export interface Counts {
  readonly compared: number;
  readonly textsHealed: number;
  readonly textsMissing: number;
  readonly repliesSettled: number;
  readonly failures: number;
}

/** One reading of a carrier's log from `from` to `to`, and where it stands: kept after every page, so that it can go on. */
export interface Pass extends Counts {
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  /** Index into the carrier's lists. */
  readonly source: number;
  /** Where the span that is being read begins: some carriers give a day at a time. */
  readonly spanFrom: Date;
  readonly page: string | null;
  /** What could be about replies whose outcome is unknown: told apart when all of the log is read. */
  readonly candidates: readonly Candidate[];
  /** Whether anything that could have been a reply was not understood or not kept: then nothing is proven absent. */
  readonly obscured: boolean;
  /** Texts whose words the carrier refused to hand out in this pass. */
  readonly unfetched: readonly string[];
}

export interface PassSummary extends Counts {
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The state of comparing one carrier login's log with ours. */
export interface Reconciliation {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly sharedWith: readonly string[];
  /** When the first of its accounts was made. Null or absent: not known. */
  readonly since?: Date | null;
  readonly pass: Pass | null;
  readonly last: PassSummary | null;
  readonly problem: { readonly at: Date; readonly message: string } | null;
  /** Failures in a row. */
  readonly failed: number;
  readonly nextAt: Date;
  /** How many hours an Admin asked for; null: nobody asked. */
  readonly askedHours: number | null;
}

export class ReconciliationPlan {
  constructor(
    /** How far back a pass looks, milliseconds. */
    readonly lookBackMs = 48 * 3_600_000,
    /** Between two passes, milliseconds. */
    readonly everyMs = 15 * 60_000,
    /** What is younger is left to its webhook, milliseconds. */
    readonly graceMs = 2 * 60_000,
    /** After this long without a trace in the carrier's log, a text was not taken, milliseconds. */
    readonly absentAfterMs = 30 * 60_000,
    /** For how long carriers repeat a webhook, milliseconds: until then one that withholds the words may still bring them. */
    readonly webhooksRepeatMs = 25 * 3_600_000,
    /** The least time between two calls, milliseconds; a carrier may need more. */
    readonly leastPauseMs = 1_000,
  ) {}
}

const HOUR_MS = 3_600_000;
const KEPT = 1_000;
const LONGEST_BACKOFF_MS = HOUR_MS;
const NOTHING: Counts = { compared: 0, textsHealed: 0, textsMissing: 0, repliesSettled: 0, failures: 0 };
const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);

/** The pass that runs, or a new one. */
export function passAt(state: Reconciliation, plan: ReconciliationPlan, now: Date): Pass {
  // One that began before it kept candidates has missed some.
  if (state.pass)
    return { ...state.pass, ...(state.pass.candidates ? {} : { candidates: [], obscured: true }) };
  const to = after(now, -plan.graceMs);
  const lookBackMs = state.askedHours === null ? plan.lookBackMs : state.askedHours * HOUR_MS;
  // What came before an account was made went another way, and was answered there; unless somebody asks for it.
  const begun = state.askedHours === null ? (state.since ?? null) : null;
  const lookedBackTo = after(to, -lookBackMs);
  const from = new Date(Math.min(to.getTime(), Math.max(lookedBackTo.getTime(), begun?.getTime() ?? 0)));
  return {
    ...NOTHING,
    from,
    to,
    startedAt: now,
    source: 0,
    spanFrom: from,
    page: null,
    candidates: [],
    obscured: false,
    unfetched: [],
  };
}

/** The end of the span that the pass reads now. */
export function spanEnd(pass: Pass, longestSpanMs: number | null): Date {
  const end = longestSpanMs === null ? pass.to : after(pass.spanFrom, longestSpanMs);
  return end < pass.to ? end : pass.to;
}

/** Where a pass goes on after a page; null where all of it is read. */
export function placeAfter(
  pass: Pass,
  next: string | null,
  log: { readonly sources: readonly string[]; readonly longestSpanMs: number | null },
): Pick<Pass, 'source' | 'spanFrom' | 'page'> | null {
  const { source, spanFrom } = pass;
  // A carrier that names the same page again would be read for ever.
  if (next !== null && next !== pass.page) return { source, spanFrom, page: next };
  const end = spanEnd(pass, log.longestSpanMs);
  if (end < pass.to) return { source, spanFrom: end, page: null };
  return source + 1 < log.sources.length ? { source: source + 1, spanFrom: pass.from, page: null } : null;
}

export function counted(pass: Pass, more: Partial<Counts>): Pass {
  const sum = (name: keyof Counts): number => pass[name] + (more[name] ?? 0);
  return {
    ...pass,
    compared: sum('compared'),
    textsHealed: sum('textsHealed'),
    textsMissing: sum('textsMissing'),
    repliesSettled: sum('repliesSettled'),
    failures: sum('failures'),
  };
}

/** With more of what stands in the log; bounded, since a document is. */
export function remembering(
  pass: Pass,
  found: { readonly candidates: readonly Candidate[]; readonly unfetched: readonly string[] },
): Pass {
  const candidates = [...pass.candidates, ...found.candidates];
  return {
    ...pass,
    candidates: candidates.slice(0, KEPT),
    obscured: pass.obscured || candidates.length > KEPT,
    unfetched: [...new Set([...pass.unfetched, ...found.unfetched])].slice(-KEPT),
  };
}

export function goesOn(state: Reconciliation, pass: Pass, at: Date): Reconciliation {
  return { ...state, pass, problem: null, failed: 0, nextAt: at };
}

export function finished(
  state: Reconciliation,
  pass: Pass,
  plan: ReconciliationPlan,
  now: Date,
): Reconciliation {
  const { from, to, startedAt, compared, textsHealed, textsMissing, repliesSettled, failures } = pass;
  const counts = { compared, textsHealed, textsMissing, repliesSettled, failures };
  return {
    ...state,
    pass: null,
    last: { from, to, startedAt, finishedAt: now, ...counts },
    problem: null,
    failed: 0,
    nextAt: after(now, plan.everyMs),
  };
}

/** Where it stands stays; it goes on later, the later the more often it failed. `waitMs`: what the carrier asked for. */
export function heldUp(
  state: Reconciliation,
  pass: Pass | null,
  problem: { readonly message: string; readonly waitMs: number | null },
  now: Date,
): Reconciliation {
  const failed = state.failed + 1;
  const backoff = Math.min(LONGEST_BACKOFF_MS, 5_000 * 2 ** Math.min(failed - 1, 12));
  return {
    ...state,
    pass,
    failed,
    problem: { at: now, message: problem.message },
    nextAt: after(now, problem.waitMs ?? backoff),
  };
}
