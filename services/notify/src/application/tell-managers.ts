import { Injectable } from '@nestjs/common';
import type { AlertPayload, Notification } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { managesRouting } from '../domain/person.js';
import { TellWhoMay } from './tell-who-may.js';
import { WebhookOutbox } from './webhooks/webhook-outbox.js';

/** Something about a number or a carrier account. */
export interface RoutingNews {
  readonly tenantId: string;
  /** Told once for ever. */
  readonly eventId: string;
  readonly kind: Notification['kind'];
  readonly title: string;
  readonly body: string;
  readonly at: Date;
  readonly webhook: Pick<AlertPayload, 'type'> & Omit<AlertPayload['data'], 'title' | 'body'>;
}

/**
 * Tells whoever manages routing, and the systems that asked for it. Repeatable: each hears it once. Resolves with false
 * where nobody is known (yet) who manages it.
 */
@Injectable()
export class TellManagers {
  constructor(
    private readonly tellWhoMay: TellWhoMay,
    private readonly outbox: WebhookOutbox,
  ) {}

  async execute({ tenantId, eventId, kind, title, body, at, webhook }: RoutingNews): Promise<boolean> {
    const timestamp = at.toISOString();
    const managers = await this.tellWhoMay.execute(managesRouting, {
      tenantId,
      eventId,
      kind,
      conversationId: '',
      inboxId: '',
      title,
      body,
      at: timestamp,
    });
    failpoint('notify.managers-told');
    const { type, ...data } = webhook;
    const payload: AlertPayload = { type, timestamp, data: { ...data, title, body } };
    await this.outbox.put([{ tenantId, eventId, occurredAt: timestamp, type, payload: () => payload }]);
    return managers > 0;
  }
}
