import { Injectable, Logger } from '@nestjs/common';
import type { LoggedReply } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { Attempt } from '../../domain/attempt.js';
import { match, wouldBeThere } from '../../domain/reconciliation/match.js';
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

  /** A page of the log. `doubtful`: ids of attempts that more than one entry could be about. */
  async execute(
    login: CarrierLogin,
    entries: readonly LoggedReply[],
  ): Promise<{ settled: number; doubtful: string[] }> {
    if (entries.length === 0) return { settled: 0, doubtful: [] };
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
      else if (await this.found(attempt, entry)) settled += 1;
    }
    const open = await this.attempts.outcomeOpen(account, MOST_OPEN);
    const { pairs, doubtful } = match(open, strange);
    for (const { attempt, entry } of pairs) if (await this.found(attempt, entry)) settled += 1;
    return { settled, doubtful: doubtful.map(({ id }) => id) };
  }

  /** After the whole log was read: what it should have and has not was never taken. */
  async settleAbsent(login: CarrierLogin, pass: Pass): Promise<number> {
    const doubtful = new Set(pass.doubtful);
    const latest = new Date(pass.startedAt.getTime() - this.plan.absentAfterMs);
    const open = await this.attempts.outcomeOpen(accountsOf(login), MOST_OPEN);
    const absent = open.filter(
      (attempt) => !doubtful.has(attempt.id) && attempt.statusAt <= latest && wouldBeThere(attempt, pass),
    );
    for (const attempt of absent) {
      const changed = await this.attempts.change(attempt, (now) => absentFromLog(now, this.clock.now()));
      if (!changed) continue;
      this.logger.warn(`Reply ${attempt.id} is not in the log of ${attempt.carrier}: it was not sent`);
      await this.announce.execute(changed);
    }
    return absent.length;
  }

  private async found(attempt: Attempt, { report }: LoggedReply): Promise<boolean> {
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
