import { Injectable, Logger } from '@nestjs/common';
import type { CarrierStatusReport, LoggedReply } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { Attempt } from '../../domain/attempt.js';
import { candidatesFor, match, wouldBeThere, type Candidate } from '../../domain/reconciliation/match.js';
import { ReconciliationPlan, type Pass } from '../../domain/reconciliation/reconciliation.js';
import { absentFromLog, foundInLog } from '../../domain/status.js';
import { AnnounceStatus } from '../announce-status.js';
import { AttemptStore, ProviderIdTaken, type LoginRef } from '../attempt-store.js';
import { Dispatcher } from '../dispatcher.js';
import type { CarrierLogin } from './reconciliation-store.js';

const MOST_OPEN = 1_000;

/** Gives replies the status that the carrier's log has for them. */
@Injectable()
export class SettleReplies {
  private readonly logger = new Logger(SettleReplies.name);

  constructor(
    private readonly attempts: AttemptStore,
    private readonly announce: AnnounceStatus,
    private readonly dispatcher: Dispatcher,
    private readonly plan: ReconciliationPlan,
    private readonly clock: Clock,
  ) {}

  /** A page of the log: what is known to be about a reply counts at once. */
  async execute(
    login: CarrierLogin,
    entries: readonly LoggedReply[],
  ): Promise<{ settled: number; candidates: Candidate[] }> {
    if (entries.length === 0) return { settled: 0, candidates: [] };
    const account = accountsOf(login);
    const ids = entries.map(({ report }) => report.providerMessageId);
    const references = entries.flatMap(({ report }) => report.reference ?? []);
    const known = await this.attempts.known(account, ids, references);
    const ofEntry = ({ report }: LoggedReply): Attempt | undefined =>
      known.find(({ providerMessageId }) => providerMessageId === report.providerMessageId) ??
      known.find(({ id, providerMessageId }) => providerMessageId === null && id === report.reference);
    let settled = 0;
    const strange: LoggedReply[] = [];
    for (const entry of entries) {
      const attempt = ofEntry(entry);
      if (!attempt) strange.push(entry);
      else if (await this.found(attempt, entry.report)) settled += 1;
    }
    const open = strange.length === 0 ? [] : await this.attempts.outcomeOpen(account, MOST_OPEN);
    return { settled, candidates: candidatesFor(open, strange) };
  }

  /** After the whole log was read: what stands in it without our reference, and what should and does not. */
  async settleRest(login: CarrierLogin, pass: Pass, appearsWithinMs: number): Promise<number> {
    const open = await this.attempts.outcomeOpen(accountsOf(login), MOST_OPEN);
    const { pairs, doubtful } = match(open, pass.candidates);
    let settled = 0;
    for (const { attempt, reports } of pairs) {
      let changed = false;
      for (const report of reports) changed = (await this.found(attempt, report)) || changed;
      if (changed) settled += 1;
    }
    if (pass.obscured) return settled;
    const meant = new Set([...pairs.map(({ attempt }) => attempt), ...doubtful]);
    const latest = new Date(pass.startedAt.getTime() - Math.max(this.plan.absentAfterMs, appearsWithinMs));
    const absent = open.filter(
      (attempt) => !meant.has(attempt) && attempt.statusAt <= latest && wouldBeThere(attempt, pass),
    );
    for (const attempt of absent) {
      const changed = await this.attempts.change(attempt, (now) => absentFromLog(now, this.clock.now()));
      if (!changed) continue;
      this.logger.warn(`Reply ${attempt.id} is not in the log of ${attempt.carrier}: it was not sent`);
      await this.announce.execute(changed);
    }
    return settled + absent.length;
  }

  private async found(attempt: Attempt, report: CarrierStatusReport): Promise<boolean> {
    const told = { ...report, rawCode: report.errorCode ?? report.rawStatus };
    try {
      const changed = await this.attempts.change(attempt, (now) => foundInLog(now, told, this.clock.now()));
      if (!changed) return false;
      if (changed.unlanded) await this.announce.execute(changed);
      this.dispatcher.wake(changed);
      return changed.status !== attempt.status;
    } catch (error) {
      if (!(error instanceof ProviderIdTaken)) throw error;
      this.logger.warn(`Reply ${attempt.id}: ${error.message}`);
      return false;
    }
  }
}

const accountsOf = ({ tenantId, carrier, accountId, sharedWith }: CarrierLogin): LoginRef => ({
  tenantId,
  carrier,
  accountIds: [accountId, ...sharedWith],
});
