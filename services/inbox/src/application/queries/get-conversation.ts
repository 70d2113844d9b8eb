import { Injectable } from '@nestjs/common';
import type { ConversationView, GetConversation as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { Sight, viewOfSeen } from './sight.js';

@Injectable()
export class GetConversation {
  constructor(private readonly sight: Sight) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<ConversationView>> {
    const seen = await this.sight.conversation(request, request.conversationId);
    return seen ? answer(viewOfSeen(seen)) : notFound();
  }
}
