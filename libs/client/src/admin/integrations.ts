import type {
  ApiKeyView,
  createdApiKeySchema,
  newApiKeyBody,
  Webhook,
  webhookBody,
  webhookChangeBody,
  WebhookDelivery,
  webhookWithSecretSchema,
} from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from '../path.js';
import type { Call } from '../request.js';

type WithSecret = z.infer<typeof webhookWithSecretSchema>;

export const integrationsCalls = (call: Call) => ({
  apiKeys: {
    list: () => call<ApiKeyView[]>('GET', '/admin/api-keys'),
    /** The secret is told here and never again. */
    create: (body: z.input<typeof newApiKeyBody>) =>
      call<z.infer<typeof createdApiKeySchema>>('POST', '/admin/api-keys', { body }),
    revoke: (id: string) => call<null>('DELETE', path`/admin/api-keys/${id}`),
  },
  webhooks: {
    list: () => call<Webhook[]>('GET', '/admin/webhooks'),
    create: (body: z.input<typeof webhookBody>) => call<WithSecret>('POST', '/admin/webhooks', { body }),
    change: (id: string, body: z.input<typeof webhookChangeBody>) =>
      call<Webhook>('PATCH', path`/admin/webhooks/${id}`, { body }),
    remove: (id: string) => call<null>('DELETE', path`/admin/webhooks/${id}`),
    rotate: (id: string) => call<WithSecret>('POST', path`/admin/webhooks/${id}/rotate`),
    deliveries: (id: string, limit?: number) =>
      call<WebhookDelivery[]>('GET', path`/admin/webhooks/${id}/deliveries` + query({ limit })),
    resend: (id: string, deliveryId: string) =>
      call<WebhookDelivery>('POST', path`/admin/webhooks/${id}/deliveries/${deliveryId}/resend`),
  },
});
