import { Injectable } from '@nestjs/common';
import {
  webhookEventSchema,
  type Actor,
  type Conversation,
  type ConversationEvent,
  type WebhookPayload,
} from '@partyline/contracts';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import { DeliveryStore, EndpointStore, WebhookQueue, type NewDelivery } from './ports.js';

export interface WebhookNews {
  readonly eventId: string;
  readonly tenantId: string;
  readonly occurredAt: string;
  readonly seq: number;
  readonly actor: Actor;
  readonly event: ConversationEvent;
  readonly conversation: Conversation;
}

/** Writes down what has to be sent to whom, and only then lets the event go. Repeatable: ids follow from the event. */
@Injectable()
export class QueueWebhooks {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly deliveries: DeliveryStore,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {}

  async execute(news: readonly WebhookNews[]): Promise<void> {
    const endpoints = await this.endpoints.wanting([...new Set(news.map(({ tenantId }) => tenantId))]);
    if (endpoints.length === 0) return;
    const now = this.clock.now();
    const made = news.flatMap((each): NewDelivery[] => {
      const type = webhookEventSchema.safeParse(each.event.type);
      if (!type.success) return [];
      const body = JSON.stringify(payloadOf(each, type.data));
      return (
        endpoints
          .filter(({ tenantId, events }) => tenantId === each.tenantId && events.includes(type.data))
          // What happened before anybody asked for it is history, even when the stream is read again.
          .filter(({ createdAt }) => Date.parse(each.occurredAt) >= createdAt.getTime())
          .map(({ tenantId, id: endpointId }) => ({
            id: derivedId('wd', endpointId, each.eventId),
            tenantId,
            endpointId,
            type: type.data,
            body,
            createdAt: now,
            nextAt: now,
          }))
      );
    });
    if (made.length === 0) return;
    await this.deliveries.add(made);
    failpoint('notify.webhooks-stored');
    await this.queue.add(made.map((each) => ({ ...each, attempts: 0 })));
    failpoint('notify.webhooks-queued');
  }
}

const payloadOf = (
  { occurredAt, seq, actor, event, conversation }: WebhookNews,
  type: WebhookPayload['type'],
): WebhookPayload => ({
  type,
  timestamp: occurredAt,
  data: {
    conversationId: conversation.id,
    inboxId: conversation.inboxId,
    seq,
    actor,
    event: { ...event.data },
    // The preview can be a note, and notes never leave the company.
    conversation: conversation.preview?.from === 'note' ? { ...conversation, preview: null } : conversation,
  },
});
