import { Injectable } from '@nestjs/common';
import type { AlertPayload, WebhookEvent, WebhookPayload } from '@partyline/contracts';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import { DeliveryStore, EndpointStore, WebhookQueue, type NewDelivery } from './ports.js';

export interface ToSend {
  readonly tenantId: string;
  readonly eventId: string;
  readonly occurredAt: string;
  readonly type: WebhookEvent;
  /** Made only where somebody wants it. */
  readonly payload: () => WebhookPayload | AlertPayload;
}

/** Writes down what has to be sent to whom. Repeatable: ids follow from the event. */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly deliveries: DeliveryStore,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {}

  async put(all: readonly ToSend[]): Promise<void> {
    const endpoints = await this.endpoints.wanting([...new Set(all.map(({ tenantId }) => tenantId))]);
    if (endpoints.length === 0) return;
    const now = this.clock.now();
    const made = all.flatMap((each): NewDelivery[] => {
      const wanting = endpoints
        .filter(({ tenantId, events }) => tenantId === each.tenantId && events.includes(each.type))
        // What happened before anybody asked for it is history, even when the stream is read again.
        .filter(({ createdAt }) => Date.parse(each.occurredAt) >= createdAt.getTime());
      if (wanting.length === 0) return [];
      const body = JSON.stringify(each.payload());
      return wanting.map(({ tenantId, id: endpointId }) => ({
        id: derivedId('wd', endpointId, each.eventId),
        tenantId,
        endpointId,
        type: each.type,
        body,
        createdAt: now,
        nextAt: now,
      }));
    });
    if (made.length === 0) return;
    await this.deliveries.add(made);
    failpoint('notify.webhooks-stored');
    await this.queue.add(made.map((each) => ({ ...each, attempts: 0 })));
    failpoint('notify.webhooks-queued');
  }
}
