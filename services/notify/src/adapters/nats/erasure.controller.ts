import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { EraseNews, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { NotificationStore } from '../../application/notification-store.js';
import { DeliveryStore } from '../../application/webhooks/ports.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** A call of the inbox service, which forgets somebody. */
@Controller()
export class ErasureController {
  constructor(
    private readonly notifications: NotificationStore,
    private readonly deliveries: DeliveryStore,
  ) {}

  @Answers(EraseNews)
  async erase({ tenantId, conversationIds }: Request<typeof EraseNews>) {
    const dropped = await Promise.all([
      this.notifications.drop(tenantId, conversationIds),
      this.deliveries.drop(tenantId, conversationIds),
    ]);
    return ok({ erased: dropped[0] + dropped[1] });
  }
}
