import { Injectable } from '@nestjs/common';
import { currentContext, EventPublisher, type OutgoingEvent } from '@partyline/bus';
import { UserChanged } from '@partyline/contracts';
import { Clock, derivedId } from '@partyline/kernel';
import type { UserToPublish } from '../../application/accounts/accounts.js';
import { UserAnnouncer } from '../../application/accounts/user-announcer.js';

@Injectable()
export class BusUserAnnouncer extends UserAnnouncer {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async announce(users: readonly UserToPublish[]): Promise<readonly boolean[]> {
    const outcomes = await this.publisher.publish(users.map((user) => this.eventOf(user)));
    return outcomes.map((outcome) => outcome.ok);
  }

  private eventOf({ user, permissions, again }: UserToPublish): OutgoingEvent {
    const { tenantId, id, revision, name, email, roleId, active, availability, awayUntil } = user;
    const eventId = derivedId('ev', 'user', tenantId, id, String(revision));
    return {
      subject: UserChanged.subject(tenantId),
      // A repeat that is meant has to get past the stream's own memory of what it has seen.
      ...(again === undefined ? {} : { msgId: `${eventId}.${again}` }),
      envelope: {
        id: eventId,
        type: UserChanged.type,
        version: UserChanged.version,
        occurredAt: this.clock.now().toISOString(),
        tenantId,
        aggregateId: id,
        actor: { kind: 'system', id: 'gateway' },
        correlationId: currentContext().correlationId,
        data: {
          revision,
          userId: id,
          name,
          email,
          roleId,
          permissions: [...permissions],
          active,
          availability,
          awayUntil,
        },
      },
    };
  }
}
