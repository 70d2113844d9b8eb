import { Injectable } from '@nestjs/common';
import { GetConversation, type Viewer } from '@partyline/contracts';
import { PresenceSignals, type PresenceSignal } from '../live/presence-signals.js';
import { Services } from '../services.js';

type Signal = Viewer & Pick<PresenceSignal, 'conversationId' | 'kind' | 'on'> & { readonly userName: string };

/** Tells the others who see the conversation that the caller types in it, or looks at it. */
@Injectable()
export class SignalPresence {
  constructor(
    private readonly services: Services,
    private readonly signals: PresenceSignals,
  ) {}

  async execute({ conversationId, userName, kind, on, ...viewer }: Signal): Promise<void> {
    // Asked first, so that nobody can make themself seen in an inbox that they do not see.
    const { inboxId } = await this.services.query(GetConversation, { ...viewer, conversationId });
    const user = { id: viewer.userId, name: userName };
    this.signals.spread({ kind, tenantId: viewer.tenantId, inboxId, conversationId, user, on });
  }
}
