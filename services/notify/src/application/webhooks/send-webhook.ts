import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import {
  arrived,
  goodSecrets,
  nextTry,
  whyDisable,
  type Delivery,
  type Endpoint,
  type Try,
} from '../../domain/webhook.js';
import { DeliveryStore, EndpointStore, WebhookPost, WebhookQueue, WebhookSecrets } from './ports.js';
import { TellOfWebhook } from './tell-of-webhook.js';

/** Longer than an attempt can take: a process that dies meanwhile holds the delivery back for no longer. */
const LEASE_MS = 60_000;

/** One attempt at one delivery, where it is still wanted. */
@Injectable()
export class SendWebhook {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly deliveries: DeliveryStore,
    private readonly secrets: WebhookSecrets,
    private readonly http: WebhookPost,
    private readonly queue: WebhookQueue,
    private readonly tell: TellOfWebhook,
    private readonly clock: Clock,
  ) {}

  async execute(tenantId: string, id: string): Promise<void> {
    const now = this.clock.now();
    const delivery = await this.deliveries.claim(tenantId, id, now, new Date(now.getTime() + LEASE_MS));
    if (!delivery) return;
    failpoint('notify.webhook-claimed');
    const endpoint = await this.endpoints.find(tenantId, delivery.endpointId);
    if (!endpoint?.active) {
      const attempt = { at: now, status: null, error: 'The endpoint is turned off or was removed.', ms: 0 };
      await this.deliveries.record(delivery, attempt, { state: 'failed', nextAt: null });
      return;
    }
    const attempt = await this.attempt(endpoint, delivery, now);
    failpoint('notify.webhook-sent');
    if (arrived(attempt)) {
      // First, because a webhook that arrives twice does less harm than an endpoint that counts as failing and works.
      await this.endpoints.arrives(tenantId, endpoint.id);
      failpoint('notify.webhook-arrived');
      await this.deliveries.record(delivery, attempt, { state: 'delivered', nextAt: null });
      return;
    }
    await this.later(endpoint, delivery, attempt);
  }

  private async attempt(endpoint: Endpoint, delivery: Delivery, at: Date): Promise<Try> {
    const refused = this.http.refuses(endpoint.url);
    if (refused !== null) return { at, status: null, error: refused, ms: 0 };
    const sealed = goodSecrets(endpoint, at);
    const { id, body } = delivery;
    const headers = this.secrets.sign(endpoint.id, { id, at, body, sealed });
    return { at, ...(await this.http.post(endpoint.url, headers, body)) };
  }

  private async later(endpoint: Endpoint, delivery: Delivery, attempt: Try): Promise<void> {
    const { tenantId } = delivery;
    const now = this.clock.now();
    const nextAt = nextTry(delivery.attempts, now);
    const since = await this.endpoints.fails(tenantId, endpoint.id, now);
    await this.deliveries.record(delivery, attempt, { state: nextAt ? 'pending' : 'failed', nextAt });
    failpoint('notify.webhook-failed');
    if (nextAt) await this.queue.add([{ ...delivery, nextAt }]);
    const reason = since && whyDisable(attempt, since, now);
    if (!since || reason === null) return;
    // Told first: whoever dies in between tells it again, and each Admin hears it once.
    await this.tell.execute(endpoint, since, reason);
    failpoint('notify.endpoint-given-up');
    await this.endpoints.update(tenantId, endpoint.id, { active: false, disabledBecause: reason });
  }
}
