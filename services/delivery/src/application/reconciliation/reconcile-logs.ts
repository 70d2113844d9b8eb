import { Injectable, Logger } from '@nestjs/common';
import type { LoggedReply, LoggedText, LogPage, LogRefusal } from '@partyline/carriers';
import { Clock, failpoint } from '@partyline/kernel';
import {
  counted,
  finished,
  goesOn,
  heldUp,
  passAt,
  placeAfter,
  ReconciliationPlan,
  remembering,
  spanEnd,
  type Pass,
  type Reconciliation,
} from '../../domain/reconciliation/reconciliation.js';
import { CarrierLogs, type ReadableLog } from './carrier-logs.js';
import { HealTexts } from './heal-texts.js';
import { ReceivedTexts } from './received-texts.js';
import { ReconciliationMetrics } from './reconciliation-metrics.js';
import { ReconciliationStore } from './reconciliation-store.js';
import { SettleReplies } from './settle-replies.js';

const AT_ONCE = 20;
/** How often ingest is asked for its accounts, milliseconds. */
const LOGINS_MS = 60_000;

/**
 * Compares carriers' own logs with ours, a page per login and turn, and heals both ways. What was read is kept after
 * every page, so whoever goes on after a crash repeats one page at most, which changes nothing.
 */
@Injectable()
export class ReconcileLogs {
  private readonly logger = new Logger(ReconcileLogs.name);
  private loginsDueAt = 0;

  constructor(
    private readonly store: ReconciliationStore,
    private readonly logs: CarrierLogs,
    private readonly received: ReceivedTexts,
    private readonly texts: HealTexts,
    private readonly replies: SettleReplies,
    private readonly metrics: ReconciliationMetrics,
    private readonly plan: ReconciliationPlan,
    private readonly clock: Clock,
  ) {}

  /** One turn: a page of every log that is due. `signal`: another may have begun. */
  async execute(signal: AbortSignal): Promise<void> {
    await this.keepLogins();
    const due = await this.store.due(this.clock.now(), AT_ONCE);
    await Promise.all(signal.aborted ? [] : due.map((state) => this.turn(state)));
  }

  private async keepLogins(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() < this.loginsDueAt) return;
    await this.store.keep(await this.received.logins(), now);
    this.loginsDueAt = now.getTime() + LOGINS_MS;
  }

  private async turn(state: Reconciliation): Promise<void> {
    const answered = state.pass === null ? state.askedHours : null;
    try {
      const next = await this.next(state);
      failpoint('delivery.log-compared');
      await this.store.save(next, answered);
    } catch (error) {
      const message = `The comparison stopped for now: ${error instanceof Error ? error.message : String(error)}`;
      this.logger.warn(`${state.carrier} account "${state.accountId}": ${message}`);
      this.metrics.failed(state);
      await this.store.save(heldUp(state, state.pass, { message, waitMs: null }, this.clock.now()), null);
    }
  }

  private async next(state: Reconciliation): Promise<Reconciliation> {
    const pass = passAt(state, this.plan, this.clock.now());
    const opened = await this.logs.open(state);
    if (!opened.ok) return this.stopped(state, pass, { message: opened.error, waitMs: null });
    const log = opened.value;
    const query = {
      source: log.shape.sources[pass.source] ?? log.shape.sources[0] ?? '',
      from: pass.spanFrom,
      to: spanEnd(pass, log.shape.longestSpanMs),
      page: pass.page,
    };
    const page = await log.page(query);
    if (!page.ok) return this.stopped(state, pass, problemOf(page.error));
    return this.compare(state, pass, log, page.value);
  }

  private async compare(
    state: Reconciliation,
    pass: Pass,
    log: ReadableLog,
    page: LogPage,
  ): Promise<Reconciliation> {
    // Some carriers know days only, and give more than was asked for.
    const within = page.entries.filter(({ at }) => at === null || (at >= pass.from && at <= pass.to));
    const texts = within.filter((entry): entry is LoggedText => entry.kind === 'text');
    const replies = within.filter((entry): entry is LoggedReply => entry.kind === 'reply');
    const healed = await this.texts.execute(state, log, texts, pass.unfetched);
    const { settled, candidates } = await this.replies.execute(state, replies);
    const { textsHealed, failures } = healed.counts;
    const marked = remembering(pass, { candidates, unfetched: healed.unfetched });
    this.metrics.healed(state, { textsHealed, repliesSettled: settled, failures });
    if (healed.unfinished) {
      const soFar = counted(marked, { textsHealed, repliesSettled: settled, failures });
      const { message, waitMs } = healed.unfinished;
      if (message !== null) return this.stopped(state, soFar, { message, waitMs });
      return goesOn(state, soFar, this.later(log));
    }
    const counts = { ...healed.counts, compared: within.length, repliesSettled: settled };
    const read: Pass = {
      ...counted(marked, { ...counts, failures: failures + page.unreadable }),
      obscured: marked.obscured || page.unreadable > page.unreadableTexts,
    };
    this.metrics.compared(state, within.length);
    const place = placeAfter(pass, page.next, log.shape);
    return place ? goesOn(state, { ...read, ...place }, this.later(log)) : this.finish(state, read, log);
  }

  private async finish(state: Reconciliation, pass: Pass, log: ReadableLog): Promise<Reconciliation> {
    const settled = await this.replies.settleRest(state, pass, log.shape.appearsWithinMs);
    const whole = counted(pass, { repliesSettled: settled });
    this.metrics.healed(state, { textsHealed: 0, repliesSettled: settled, failures: 0 });
    this.metrics.finished(state, this.clock.now());
    this.logger.log(
      `Compared ${whole.compared} entries of the log of ${state.carrier} account "${state.accountId}": ` +
        `${whole.textsHealed} texts brought in, ${whole.textsMissing} missing, ${whole.repliesSettled} replies settled, ${whole.failures} failures`,
    );
    return finished(state, whole, this.plan, this.clock.now());
  }

  private stopped(
    state: Reconciliation,
    pass: Pass,
    problem: { readonly message: string; readonly waitMs: number | null },
  ): Reconciliation {
    this.logger.warn(`The log of ${state.carrier} account "${state.accountId}": ${problem.message}`);
    this.metrics.failed(state);
    return heldUp(state, pass, problem, this.clock.now());
  }

  private later(log: ReadableLog): Date {
    const pauseMs = Math.max(this.plan.leastPauseMs, log.shape.pauseMs);
    return new Date(this.clock.now().getTime() + pauseMs);
  }
}

const problemOf = ({ reason, retryAfterMs, kind }: LogRefusal) => ({
  message: `${reason}.`,
  waitMs: retryAfterMs ?? (kind === 'throttled' ? 60_000 : null),
});
