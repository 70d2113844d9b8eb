import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf, type Settlement } from '@partyline/bus';
import {
  ConversationAssigned,
  ConversationCreated,
  ConversationDone,
  ConversationReopened,
  ConversationReturned,
  ConversationTransferred,
  MessageReceived,
  type ConversationEvent,
} from '@partyline/contracts';
import { HandleConversationNews, type ConversationNews } from '../../application/handle-conversation-news.js';

const NEWS = [
  ConversationCreated,
  MessageReceived,
  ConversationAssigned,
  ConversationTransferred,
  ConversationReturned,
  ConversationDone,
  ConversationReopened,
] as const;

@Controller()
export class ConversationNewsConsumer {
  constructor(private readonly handleNews: HandleConversationNews) {}

  @OnEvents(NEWS, { name: 'conversations', lingerMs: 250 })
  handle(events: readonly EventOf<(typeof NEWS)[number]>[]): Promise<readonly Settlement[]> {
    return this.handleNews.execute(
      events.map(({ data: { event, conversation }, ...envelope }): ConversationNews => ({
        envelope,
        // The bus has parsed the data by the definition that this type names.
        event: { type: envelope.type, data: event } as ConversationEvent,
        conversation,
      })),
    );
  }
}
