import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { InboundMessageReceived } from '@partyline/contracts';
import { RouteMessages } from '../../application/route-messages.js';

@Controller()
export class MessageReceivedConsumer {
  constructor(private readonly routeMessages: RouteMessages) {}

  @OnEvents(InboundMessageReceived, { batch: 128, name: 'messages' })
  async route(events: readonly EventOf<typeof InboundMessageReceived>[]): Promise<void> {
    await this.routeMessages.execute(events);
  }
}
