import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ListArrivalTroubles as TroublesCall,
  ListNumberActivity as ActivityCall,
} from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ListArrivalTroubles } from '../../application/list-arrival-troubles.js';
import { ListNumberActivity } from '../../application/list-number-activity.js';

/** What the notify service asks, to tell Admins what does not arrive. */
@Controller()
export class ArrivalsController {
  constructor(
    private readonly activity: ListNumberActivity,
    private readonly troubles: ListArrivalTroubles,
  ) {}

  @Answers(ActivityCall)
  async numbers() {
    return ok(await this.activity.execute());
  }

  @Answers(TroublesCall)
  async accounts() {
    return ok(await this.troubles.execute());
  }
}
