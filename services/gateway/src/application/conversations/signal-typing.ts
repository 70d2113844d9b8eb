import { Injectable } from '@nestjs/common';
import { GetConversation, type Viewer } from '@partyline/contracts';
import { TypingSignals } from '../live/typing-signals.js';
import { Services } from '../services.js';

/** Tells the others who see the conversation that the caller types. */
@Injectable()
export class SignalTyping {
  constructor(
    private readonly services: Services,
    private readonly signals: TypingSignals,
  ) {}

  async execute({
    conversationId,
    userName,
    typing,
    ...viewer
  }: Viewer & { conversationId: string; userName: string; typing: boolean }): Promise<void> {
    // Asked first, so that nobody can make themself seen in an inbox that they do not see.
    const { inboxId } = await this.services.query(GetConversation, { ...viewer, conversationId });
    const user = { id: viewer.userId, name: userName };
    this.signals.spread({ tenantId: viewer.tenantId, inboxId, conversationId, user, typing });
  }
}
