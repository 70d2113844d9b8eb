import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ListAccountAlerts } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import type { z } from 'zod';
import { ListFailingAccounts } from '../../application/accounts/list-failing-accounts.js';

/** A call of the gateway, which has checked what its user may do. */
@Controller()
export class AccountsController {
  constructor(private readonly failing: ListFailingAccounts) {}

  @Answers(ListAccountAlerts)
  async list({ tenantId }: z.infer<typeof ListAccountAlerts.request>) {
    return ok(await this.failing.execute(tenantId));
  }
}
