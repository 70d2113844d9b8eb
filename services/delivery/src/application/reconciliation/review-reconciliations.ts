import { Injectable } from '@nestjs/common';
import type { ReconciliationView, Refusal } from '@partyline/contracts';
import { Clock, fail, ok, type Result } from '@partyline/kernel';
import {
  ReconciliationPlan,
  type Counts,
  type Reconciliation,
} from '../../domain/reconciliation/reconciliation.js';
import { ReconciliationStore } from './reconciliation-store.js';

/** What an Admin sees of the comparison with the carriers' logs, and asks of it. */
@Injectable()
export class ReviewReconciliations {
  constructor(
    private readonly store: ReconciliationStore,
    private readonly plan: ReconciliationPlan,
    private readonly clock: Clock,
  ) {}

  async list(tenantId: string): Promise<ReconciliationView[]> {
    return (await this.store.list(tenantId)).map(viewOf);
  }

  async ask(
    tenantId: string,
    accountId: string,
    hours: number | undefined,
  ): Promise<Result<ReconciliationView, Refusal>> {
    const wanted = hours ?? Math.ceil(this.plan.lookBackMs / 3_600_000);
    const state = await this.store.ask(tenantId, accountId, wanted, this.clock.now());
    if (state) return ok(viewOf(state));
    const message =
      `There is no carrier account "${accountId}" whose log can be read. ` +
      'Not every carrier has one, and a new account shows up here after a minute.';
    return fail({ code: 'NOT_FOUND', message });
  }
}

function viewOf({
  carrier,
  accountId,
  sharedWith,
  pass,
  last,
  problem,
  nextAt,
}: Reconciliation): ReconciliationView {
  return {
    carrier,
    accountId,
    sharedWith: [...sharedWith],
    running: pass && { ...spanOf(pass), ...countsOf(pass) },
    last: last && { ...spanOf(last), finishedAt: last.finishedAt.toISOString(), ...countsOf(last) },
    problem: problem && { at: problem.at.toISOString(), message: problem.message },
    nextAt: nextAt.toISOString(),
  };
}

const spanOf = ({ from, to, startedAt }: { from: Date; to: Date; startedAt: Date }) => ({
  from: from.toISOString(),
  to: to.toISOString(),
  startedAt: startedAt.toISOString(),
});

const countsOf = ({ compared, textsHealed, textsMissing, repliesSettled, failures }: Counts): Counts => ({
  compared,
  textsHealed,
  textsMissing,
  repliesSettled,
  failures,
});
