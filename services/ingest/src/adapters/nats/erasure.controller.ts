import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { EraseReceipts as EraseCall, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { EraseReceipts } from '../../application/erase-receipts.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** A call of the inbox service, which forgets somebody. */
@Controller()
export class ErasureController {
  constructor(private readonly eraseReceipts: EraseReceipts) {}

  @Answers(EraseCall)
  async erase({ tenantId, messageIds, peers }: Request<typeof EraseCall>) {
    return ok({ erased: await this.eraseReceipts.execute(tenantId, messageIds, peers) });
  }
}
