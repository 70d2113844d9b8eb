import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { EraseAttempts, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { AttemptStore } from '../../application/attempt-store.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** A call of the inbox service, which forgets somebody. */
@Controller()
export class ErasureController {
  constructor(private readonly attempts: AttemptStore) {}

  @Answers(EraseAttempts)
  async erase({ tenantId, messageIds }: Request<typeof EraseAttempts>) {
    const { erased, open } = await this.attempts.erase(tenantId, messageIds);
    return ok({ erased, onTheirWay: open });
  }
}
