import { z } from 'zod';
import { defineCall } from '../define.js';
import { actorSchema, momentSchema } from '../envelope.js';
import { viewerSchema } from '../inbox/commands.js';
import { conversationSchema } from '../inbox/conversation.js';
import { answerOf } from '../problem.js';
import { ACCOUNT_TROUBLES } from './account-trouble.js';

/** What other systems can be told of conversations. Notes are not among these: they never leave the company. */
export const CONVERSATION_WEBHOOK_EVENTS = [
  'conversation.created',
  'conversation.assigned',
  'conversation.transferred',
  'conversation.returned',
  'conversation.done',
  'conversation.reopened',
  'message.received',
  'message.queued',
  'message.status',
  'consent.changed',
] as const;
/** What a company's own monitoring can be told, as its Admins are. */
export const ALERT_WEBHOOK_EVENTS = [
  'number.quiet',
  'number.heard',
  'account.failing',
  'account.recovered',
] as const;
export const WEBHOOK_EVENTS = [...CONVERSATION_WEBHOOK_EVENTS, ...ALERT_WEBHOOK_EVENTS] as const;
export const webhookEventSchema = z.enum(WEBHOOK_EVENTS);
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** The body of a webhook about a conversation. Order is not promised: within a conversation go by `data.seq`. */
export const webhookPayloadSchema = z.object({
  type: z.enum(CONVERSATION_WEBHOOK_EVENTS),
  timestamp: momentSchema,
  data: z.object({
    conversationId: z.string(),
    inboxId: z.string(),
    seq: z.int(),
    actor: actorSchema,
    /** What happened, as the timeline of the conversation has it. */
    event: z.record(z.string(), z.unknown()),
    conversation: conversationSchema,
  }),
});
export type WebhookPayload = z.infer<typeof webhookPayloadSchema>;

/** The body of a webhook about a number or a carrier account. Order is not promised: go by `timestamp`. */
export const alertPayloadSchema = z.object({
  type: z.enum(ALERT_WEBHOOK_EVENTS),
  timestamp: momentSchema,
  data: z.object({
    /** The same in what says that it is over. */
    alertId: z.string(),
    accountId: z.string(),
    /** Of `number.…` only. */
    number: z.string().optional(),
    /** Of `account.…` only: what is, or was, wrong with it. */
    trouble: z.enum(ACCOUNT_TROUBLES).optional(),
    /** What the Admins read. */
    title: z.string(),
    body: z.string(),
  }),
});
export type AlertPayload = z.infer<typeof alertPayloadSchema>;

export const webhookBody = z.object({
  /** https, on the public internet. */
  url: z.url().max(2000),
  description: z.string().trim().max(200).default(''),
  events: z.array(webhookEventSchema).min(1).max(WEBHOOK_EVENTS.length),
});
export const webhookChangeBody = z.object({
  url: webhookBody.shape.url.optional(),
  description: z.string().trim().max(200).optional(),
  events: webhookBody.shape.events.optional(),
  /** true also forgets that it failed. */
  active: z.boolean().optional(),
});
export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEventSchema),
  active: z.boolean(),
  createdAt: momentSchema,
  /** Since when nothing arrives there; null while it works. */
  failingSince: momentSchema.nullable(),
  /** Why Partyline turned it off; null where it did not. */
  disabledBecause: z.string().nullable(),
  /** Until when the secret before the last rotation is signed with, too. */
  oldSecretUntil: momentSchema.nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;
/** `secret`: `whsec_…` (Standard Webhooks), shown this once. */
export const webhookWithSecretSchema = z.object({ webhook: webhookSchema, secret: z.string() });

export const webhookDeliverySchema = z.object({
  /** Also the `webhook-id` that is sent: the same for every attempt. */
  id: z.string(),
  type: webhookEventSchema,
  state: z.enum(['pending', 'delivered', 'failed']),
  createdAt: momentSchema,
  /** When it is tried next; null where it is not. */
  nextAt: momentSchema.nullable(),
  attempts: z.int(),
  /** The last ones, oldest first. `ms`: how long the answer took. */
  tries: z.array(
    z.object({
      at: momentSchema,
      status: z.int().nullable(),
      error: z.string().nullable(),
      ms: z.int(),
    }),
  ),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

const one = viewerSchema.extend({ id: z.string() });

export const ListWebhooks = defineCall('notify', 'webhooks', viewerSchema, answerOf(z.array(webhookSchema)));
export const CreateWebhook = defineCall(
  'notify',
  'create-webhook',
  /** `id`: of what is made; the same makes it once. Absent: a new one. */
  viewerSchema.extend({ id: z.string().optional(), webhook: webhookBody }),
  answerOf(webhookWithSecretSchema),
);
export const UpdateWebhook = defineCall(
  'notify',
  'update-webhook',
  one.extend({ change: webhookChangeBody }),
  answerOf(webhookSchema),
);
export const RemoveWebhook = defineCall(
  'notify',
  'remove-webhook',
  one,
  answerOf(z.object({ id: z.string() })),
);
export const RotateWebhookSecret = defineCall(
  'notify',
  'rotate-webhook-secret',
  /** `rotationId`: the same rotates once. Absent: a new one. */
  one.extend({ rotationId: z.string().optional() }),
  answerOf(webhookWithSecretSchema),
);
export const ListWebhookDeliveries = defineCall(
  'notify',
  'webhook-deliveries',
  one.extend({ limit: z.int().min(1).max(100) }),
  answerOf(z.array(webhookDeliverySchema)),
);
/** Sends it again now, with all of its attempts to come. */
export const ResendWebhookDelivery = defineCall(
  'notify',
  'resend-webhook-delivery',
  one.extend({ deliveryId: z.string() }),
  answerOf(webhookDeliverySchema),
);
