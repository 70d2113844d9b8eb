import { Injectable } from '@nestjs/common';
import { currentContext } from '@partyline/bus';
import { Clock, derivedId } from '@partyline/kernel';
import type { Endpoint } from '../../domain/webhook.js';
import { newNotification } from '../new-notification.js';
import { PeopleStore } from '../people-store.js';
import { TellPeople } from '../tell-people.js';

/** Tells whoever can mend it that an endpoint was turned off. */
@Injectable()
export class TellOfWebhook {
  constructor(
    private readonly people: PeopleStore,
    private readonly tellPeople: TellPeople,
    private readonly clock: Clock,
  ) {}

  async execute({ tenantId, id, url, description }: Endpoint, since: Date, reason: string): Promise<void> {
    const admins = (await this.people.active(tenantId)).filter(({ permissions }) =>
      permissions.includes('manageUsers'),
    );
    const eventId = derivedId('wo', id, since.toISOString());
    const { correlationId } = currentContext();
    await this.tellPeople.execute(
      admins.map(({ userId }) =>
        newNotification(tenantId, eventId, correlationId, {
          userId,
          kind: 'webhook_disabled',
          conversationId: '',
          inboxId: '',
          title: `The webhook ${description || new URL(url).host} was turned off`,
          body: `${reason} Mend it and turn it on again under Admin > Webhooks.`,
          at: this.clock.now().toISOString(),
        }),
      ),
    );
  }
}
