import { Injectable } from '@nestjs/common';
import {
  CONVERSATION_WEBHOOK_EVENTS,
  type Actor,
  type Conversation,
  type ConversationEvent,
  type WebhookPayload,
} from '@partyline/contracts';
import { WebhookOutbox, type ToSend } from './webhook-outbox.js';

export interface WebhookNews {
  readonly eventId: string;
  readonly tenantId: string;
  readonly occurredAt: string;
  readonly seq: number;
  readonly actor: Actor;
  readonly event: ConversationEvent;
  readonly conversation: Conversation;
}

/** Tells other systems what happened to conversations: what has to be sent is written down, only then the event goes. */
@Injectable()
export class QueueWebhooks {
  constructor(private readonly outbox: WebhookOutbox) {}

  async execute(news: readonly WebhookNews[]): Promise<void> {
    await this.outbox.put(
      news.flatMap((each): ToSend[] => {
        const type = CONVERSATION_WEBHOOK_EVENTS.find((event) => event === each.event.type);
        if (!type) return [];
        const { tenantId, eventId, occurredAt } = each;
        return [{ tenantId, eventId, occurredAt, type, payload: () => payloadOf(each, type) }];
      }),
    );
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
