import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  RemoveWebhook,
  ResendWebhookDelivery,
  RotateWebhookSecret,
  UpdateWebhook,
  type Webhook,
  type WebhookDelivery,
} from '@partyline/contracts';
import type { z } from 'zod';
import { ManageWebhooks, type Answer } from '../../application/webhooks/manage-webhooks.js';
import type { Delivery, Endpoint } from '../../domain/webhook.js';

type Request<C extends { readonly request: z.ZodType }> = z.infer<C['request']>;
type Answered<C extends { readonly answer: z.ZodType }> = Promise<z.infer<C['answer']>>;

/** The endpoints of webhooks and what became of what was sent there. */
@Controller()
export class WebhooksController {
  constructor(private readonly webhooks: ManageWebhooks) {}

  @Answers(ListWebhooks)
  async list(request: Request<typeof ListWebhooks>): Answered<typeof ListWebhooks> {
    return mapped(await this.webhooks.list(request), (endpoints) => endpoints.map(viewOf));
  }

  @Answers(CreateWebhook)
  async create({ id, webhook, ...viewer }: Request<typeof CreateWebhook>): Answered<typeof CreateWebhook> {
    return mapped(await this.webhooks.create(viewer, webhook, id), withSecret);
  }

  @Answers(UpdateWebhook)
  async change({ id, change, ...viewer }: Request<typeof UpdateWebhook>): Answered<typeof UpdateWebhook> {
    return mapped(await this.webhooks.change(viewer, id, change), viewOf);
  }

  @Answers(RemoveWebhook)
  remove({ id, ...viewer }: Request<typeof RemoveWebhook>): Answered<typeof RemoveWebhook> {
    return this.webhooks.remove(viewer, id);
  }

  @Answers(RotateWebhookSecret)
  async rotate({
    id,
    rotationId,
    ...viewer
  }: Request<typeof RotateWebhookSecret>): Answered<typeof RotateWebhookSecret> {
    return mapped(await this.webhooks.rotate(viewer, id, rotationId), withSecret);
  }

  @Answers(ListWebhookDeliveries)
  async log({
    id,
    limit,
    ...viewer
  }: Request<typeof ListWebhookDeliveries>): Answered<typeof ListWebhookDeliveries> {
    return mapped(await this.webhooks.log(viewer, id, limit), (all) => all.map(deliveryView));
  }

  @Answers(ResendWebhookDelivery)
  async resend({
    id,
    deliveryId,
    ...viewer
  }: Request<typeof ResendWebhookDelivery>): Answered<typeof ResendWebhookDelivery> {
    return mapped(await this.webhooks.resend(viewer, id, deliveryId), deliveryView);
  }
}

const mapped = <V, W>(answer: Answer<V>, view: (value: V) => W): Answer<W> =>
  answer.ok ? { ok: true, value: view(answer.value) } : answer;

const withSecret = ({ endpoint, secret }: { endpoint: Endpoint; secret: string }) => ({
  webhook: viewOf(endpoint),
  secret,
});

const viewOf = (endpoint: Endpoint): Webhook => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  events: [...endpoint.events],
  active: endpoint.active,
  createdAt: endpoint.createdAt.toISOString(),
  failingSince: endpoint.failingSince?.toISOString() ?? null,
  disabledBecause: endpoint.disabledBecause,
  oldSecretUntil: endpoint.secrets[1]?.goodUntil?.toISOString() ?? null,
});

const deliveryView = (delivery: Delivery): WebhookDelivery => ({
  id: delivery.id,
  type: delivery.type,
  state: delivery.state,
  createdAt: delivery.createdAt.toISOString(),
  nextAt: delivery.state === 'pending' ? delivery.nextAt.toISOString() : null,
  attempts: delivery.attempts,
  tries: delivery.tries.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
});
