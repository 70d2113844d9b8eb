import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { CONVERSATION_EVENTS, NoteAdded, WEBHOOK_EVENTS, type ConversationEvent } from '@partyline/contracts';
import { QueueWebhooks } from '../../application/webhooks/queue-webhooks.js';

const WANTED: ReadonlySet<string> = new Set(WEBHOOK_EVENTS);
type Definition = Exclude<(typeof CONVERSATION_EVENTS)[number], typeof NoteAdded>;
const DEFINITIONS = CONVERSATION_EVENTS.filter((each): each is Definition => WANTED.has(each.type));

/** Besides the consumer of notifications, so that neither holds up the other. */
@Controller()
export class WebhookEventsConsumer {
  constructor(private readonly queueWebhooks: QueueWebhooks) {}

  @OnEvents(DEFINITIONS, { name: 'webhooks', lingerMs: 250 })
  async handle(events: readonly EventOf<Definition>[]): Promise<void> {
    await this.queueWebhooks.execute(
      events.map(({ data: { event, conversation }, ...envelope }) => ({
        eventId: envelope.id,
        tenantId: envelope.tenantId,
        occurredAt: envelope.occurredAt,
        seq: envelope.seq ?? conversation.seq,
        actor: envelope.actor,
        // The bus has parsed the data by the definition that this type names.
        event: { type: envelope.type, data: event } as ConversationEvent,
        conversation,
      })),
    );
  }
}
