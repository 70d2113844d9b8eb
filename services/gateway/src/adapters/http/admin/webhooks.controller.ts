import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  RemoveWebhook,
  ResendWebhookDelivery,
  RotateWebhookSecret,
  UpdateWebhook,
  webhookBody,
  webhookChangeBody,
  webhookDeliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
  type Webhook,
  type WebhookDelivery,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { madeId } from '../../../domain/made-id.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

/** The address is not: with some receivers whoever knows it may send there. */
const WEBHOOK_FIELDS = ['description', 'events', 'active'];
type WithSecret = z.infer<typeof webhookWithSecretSchema>;
const logQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) });

/** Other systems that are told what happens in the inboxes. */
@Api('admin/webhooks', 'Administration')
@Needs('manageUsers')
export class WebhooksController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({ summary: 'All webhooks', answer: z.array(webhookSchema), refusals: ['FORBIDDEN'] })
  list(@Caller() me: Principal): Promise<Webhook[]> {
    return this.services.query(ListWebhooks, asViewer(me));
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a webhook',
    description:
      'Signed by Standard Webhooks (standardwebhooks.com): check `webhook-signature` with the secret of this answer, which ' +
      'is shown this one time: again only where the request is repeated within an hour. An event that arrives twice has the same `webhook-id`. What is not answered with 2xx in ' +
      '15 seconds is sent again, after longer and longer pauses, for about two days. `conversation.…`, `message.…` and ' +
      '`consent.changed` bring a WebhookPayload; `number.…` and `account.…`, for a monitoring, an AlertPayload.',
    answer: webhookWithSecretSchema,
    status: 201,
    refusals: ['FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'webhook.created', fields: WEBHOOK_FIELDS },
  })
  create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: webhookBody }) webhook: z.infer<typeof webhookBody>,
  ): Promise<WithSecret> {
    return this.services.command(CreateWebhook, {
      ...asViewer(me),
      id: madeId('we', me, commandId),
      webhook,
    });
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change a webhook, or turn it on or off',
    answer: webhookSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'webhook.changed', fields: WEBHOOK_FIELDS },
  })
  change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) id: string,
    @Body({ schema: webhookChangeBody }) change: z.infer<typeof webhookChangeBody>,
  ): Promise<Webhook> {
    return this.services.command(UpdateWebhook, { ...asViewer(me), id, change });
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Remove a webhook',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'webhook.removed' },
  })
  async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) id: string): Promise<void> {
    await this.services.command(RemoveWebhook, { ...asViewer(me), id });
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Endpoint({
    summary: 'A new secret',
    description:
      'For a day both are signed with, so that the receiver can change over. Repeated within an hour it answers with the ' +
      'same secret and changes nothing.',
    answer: webhookWithSecretSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    command: true,
    records: { type: 'webhook.secret_rotated' },
  })
  rotate(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) id: string,
  ): Promise<WithSecret> {
    const rotationId = madeId('ro', me, commandId);
    return this.services.command(RotateWebhookSecret, { ...asViewer(me), id, rotationId });
  }

  @Get(':id/deliveries')
  @Endpoint({
    summary: 'What was sent of late, newest first, and what became of it',
    answer: z.array(webhookDeliverySchema),
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  deliveries(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) id: string,
    @Query({ schema: logQuery }) { limit }: z.infer<typeof logQuery>,
  ): Promise<WebhookDelivery[]> {
    return this.services.query(ListWebhookDeliveries, { ...asViewer(me), id, limit });
  }

  @Post(':id/deliveries/:deliveryId/resend')
  @HttpCode(200)
  @Endpoint({
    summary: 'Send it again',
    answer: webhookDeliverySchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'webhook.resent' },
  })
  resend(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) id: string,
    @Param('deliveryId', { schema: idParam }) deliveryId: string,
  ): Promise<WebhookDelivery> {
    return this.services.command(ResendWebhookDelivery, { ...asViewer(me), id, deliveryId });
  }
}
