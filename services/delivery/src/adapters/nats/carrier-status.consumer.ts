import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf, type Settlement } from '@partyline/bus';
import { CarrierStatusReceived } from '@partyline/contracts';
import { ApplyCarrierStatus } from '../../application/apply-carrier-status.js';

@Controller()
export class CarrierStatusConsumer {
  constructor(private readonly apply: ApplyCarrierStatus) {}

  @OnEvents(CarrierStatusReceived, { name: 'carrier-status' })
  async carrierStatus(
    events: readonly EventOf<typeof CarrierStatusReceived>[],
  ): Promise<readonly Settlement[]> {
    const settlements: Settlement[] = [];
    for (const event of events) settlements.push(await this.one(event));
    return settlements;
  }

  private async one({ tenantId, data }: EventOf<typeof CarrierStatusReceived>): Promise<Settlement> {
    const { carrier, accountId, providerMessageId, reference, receivedAt, ...report } = data;
    const outcome = await this.apply.execute(
      { tenantId, carrier, accountId, providerMessageId, reference: reference ?? null },
      { ...report, providerMessageId },
      new Date(receivedAt),
    );
    if (outcome.kind === 'applied') return { kind: 'ack' };
    if (outcome.kind === 'early') return { kind: 'retry', delayMs: outcome.tryAgainMs };
    return {
      kind: 'dead',
      reason: `no text with the id ${providerMessageId} was sent through ${carrier} account ${accountId}`,
    };
  }
}
