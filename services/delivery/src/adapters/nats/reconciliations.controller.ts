import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ListReconciliations, Reconcile, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ReviewReconciliations } from '../../application/reconciliation/review-reconciliations.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** Calls of the gateway, which has checked what its user may do. */
@Controller()
export class ReconciliationsController {
  constructor(private readonly review: ReviewReconciliations) {}

  @Answers(ListReconciliations)
  async reconciliations({ tenantId }: Request<typeof ListReconciliations>) {
    return ok(await this.review.list(tenantId));
  }

  @Answers(Reconcile)
  reconcile({ tenantId, accountId, hours }: Request<typeof Reconcile>) {
    return this.review.ask(tenantId, accountId, hours);
  }
}
