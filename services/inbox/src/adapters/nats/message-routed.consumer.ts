import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { MessageRouted } from '@partyline/contracts';
import { LandMessages } from '../../application/landing/land-messages.js';

@Controller()
export class MessageRoutedConsumer {
  constructor(private readonly landMessages: LandMessages) {}

  @OnEvents(MessageRouted, { batch: 64, name: 'message-routed' })
  async land(events: readonly EventOf<typeof MessageRouted>[]): Promise<void> {
    await this.landMessages.execute(events);
  }
}
