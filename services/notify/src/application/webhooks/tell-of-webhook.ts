import { Injectable } from '@nestjs/common';
import { Clock, derivedId } from '@partyline/kernel';
import { managesUsers } from '../../domain/person.js';
import type { Endpoint } from '../../domain/webhook.js';
import { TellWhoMay } from '../tell-who-may.js';

/** Tells whoever can mend it that an endpoint was turned off. */
@Injectable()
export class TellOfWebhook {
  constructor(
    private readonly tellWhoMay: TellWhoMay,
    private readonly clock: Clock,
  ) {}

  async execute({ tenantId, id, url, description }: Endpoint, since: Date, reason: string): Promise<void> {
    await this.tellWhoMay.execute(managesUsers, {
      tenantId,
      eventId: derivedId('wo', id, since.toISOString()),
      kind: 'webhook_disabled',
      conversationId: '',
      inboxId: '',
      title: `The webhook ${description || new URL(url).host} was turned off`,
      body: `${reason} Mend it and turn it on again under Admin > Webhooks.`,
      at: this.clock.now().toISOString(),
    });
  }
}
