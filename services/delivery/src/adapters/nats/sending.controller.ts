import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { GetSendingHealth, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ReviewSending } from '../../application/review-sending.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** A call of the gateway, which has checked what its user may do. */
@Controller()
export class SendingController {
  constructor(private readonly review: ReviewSending) {}

  @Answers(GetSendingHealth)
  async health({ tenantId }: Request<typeof GetSendingHealth>) {
    return ok(await this.review.execute(tenantId));
  }
}
