import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { DeliveryStatusChanged } from '@partyline/contracts';
import { RecordStatuses } from '../../application/landing/record-statuses.js';

@Controller()
export class DeliveryStatusConsumer {
  constructor(private readonly recordStatuses: RecordStatuses) {}

  @OnEvents(DeliveryStatusChanged, { batch: 64, name: 'delivery-status' })
  async record(events: readonly EventOf<typeof DeliveryStatusChanged>[]): Promise<void> {
    await this.recordStatuses.execute(events);
  }
}
