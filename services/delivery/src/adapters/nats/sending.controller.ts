import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  GetSendingHealth,
  ListSendingTroubles as TroublesCall,
  type CallDefinition,
} from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ListSendingTroubles } from '../../application/list-sending-troubles.js';
import { ReviewSending } from '../../application/review-sending.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** Calls of the gateway, which has checked what its user may do, and of the notify service. */
@Controller()
export class SendingController {
  constructor(
    private readonly review: ReviewSending,
    private readonly troubles: ListSendingTroubles,
  ) {}

  @Answers(GetSendingHealth)
  async health({ tenantId }: Request<typeof GetSendingHealth>) {
    return ok(await this.review.execute(tenantId));
  }

  @Answers(TroublesCall)
  async accounts() {
    return ok(await this.troubles.execute());
  }
}
