import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ListNumberActivity as Call } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ListNumberActivity } from '../../application/list-number-activity.js';

@Controller()
export class NumberActivityController {
  constructor(private readonly activity: ListNumberActivity) {}

  @Answers(Call)
  async list() {
    return ok(await this.activity.execute());
  }
}
