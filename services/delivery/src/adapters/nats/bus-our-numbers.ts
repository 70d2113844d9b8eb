import { Injectable } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import { KnownNumbers } from '@partyline/contracts';
import { OurNumbers } from '../../application/reconciliation/our-numbers.js';

/** Asks routing. */
@Injectable()
export class BusOurNumbers extends OurNumbers {
  constructor(private readonly calls: CallClient) {
    super();
  }

  override async among(tenantId: string, numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const answer = await this.calls.call(KnownNumbers, { tenantId, numbers: [...new Set(numbers)] });
    if (!answer.ok) throw new Error(answer.error.message);
    return new Set(answer.value);
  }
}
