import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { KnownNumbers } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import type { z } from 'zod';
import { FindKnownNumbers } from '../../application/known-numbers.js';

/** A call of delivery, which reads carriers' logs: they tell of all numbers of a login, ours or not. */
@Controller()
export class KnownNumbersController {
  constructor(private readonly known: FindKnownNumbers) {}

  @Answers(KnownNumbers)
  async knownNumbers({ tenantId, numbers }: z.infer<typeof KnownNumbers.request>) {
    return ok(await this.known.execute(tenantId, numbers));
  }
}
