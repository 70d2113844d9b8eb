import { Injectable } from '@nestjs/common';
import { EventPublisher } from '@partyline/bus';
import { CursorMoved } from '@partyline/contracts';
import { Clock, derivedId } from '@partyline/kernel';
import { CursorNews, type CursorMove } from '../../application/cursor-news.js';

@Injectable()
export class PublishedCursorNews extends CursorNews {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {
    super();
  }

  override moved({ tenantId, userId, conversationId, inboxId, cursor, correlationId }: CursorMove): void {
    // The publisher never rejects, and a lost one is made good by the next read.
    void this.publisher.publish([
      {
        subject: CursorMoved.subject(tenantId, inboxId),
        envelope: {
          id: derivedId('ev', 'cursor', conversationId, userId, String(cursor)),
          type: CursorMoved.type,
          version: CursorMoved.version,
          occurredAt: this.clock.now().toISOString(),
          tenantId,
          aggregateId: conversationId,
          actor: { kind: 'user', id: userId },
          correlationId,
          data: { conversationId, userId, cursor },
        },
      },
    ]);
  }
}
