import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { DeliveryStatusChanged, MessageReceived } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { MarkLanded } from '../../application/mark-landed.js';

/** Hears where our receipts ended up. */
@Controller()
export class LandedConsumer {
  constructor(private readonly landed: MarkLanded) {}

  @OnEvents(MessageReceived, { name: 'texts-landed', batch: 256, lingerMs: 250 })
  async textsLanded(events: readonly EventOf<typeof MessageReceived>[]): Promise<void> {
    await this.landed.execute(events.map(({ tenantId, data }) => ({ tenantId, id: data.event.receiptId })));
    failpoint('ingest.texts-landed');
  }

  @OnEvents(DeliveryStatusChanged, { name: 'statuses-landed', batch: 256, lingerMs: 250 })
  async statusesLanded(events: readonly EventOf<typeof DeliveryStatusChanged>[]): Promise<void> {
    await this.landed.execute(
      events.flatMap(({ tenantId, data }) => data.receiptIds.map((id) => ({ tenantId, id }))),
    );
    failpoint('ingest.statuses-landed');
  }
}
