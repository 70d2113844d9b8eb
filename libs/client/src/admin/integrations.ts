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
    /** The secret is told here and never again; sent again with the same key, the API key has another one. */
    create: (body: z.input<typeof newApiKeyBody>, key?: string) =>
      call<z.infer<typeof createdApiKeySchema>>('POST', '/admin/api-keys', { body, key }),
    revoke: (id: string) => call<null>('DELETE', path`/admin/api-keys/${id}`),
  },
  webhooks: {
    list: () => call<Webhook[]>('GET', '/admin/webhooks'),
    /** Sent again with the same key it makes no second one, and for an hour tells the same secret. */
    create: (body: z.input<typeof webhookBody>, key?: string) =>
      call<WithSecret>('POST', '/admin/webhooks', { body, key }),
    change: (id: string, body: z.input<typeof webhookChangeBody>) =>
      call<Webhook>('PATCH', path`/admin/webhooks/${id}`, { body }),
    remove: (id: string) => call<null>('DELETE', path`/admin/webhooks/${id}`),
    rotate: (id: string, key?: string) =>
      call<WithSecret>('POST', path`/admin/webhooks/${id}/rotate`, { key }),
    deliveries: (id: string, limit?: number) =>
      call<WebhookDelivery[]>('GET', path`/admin/webhooks/${id}/deliveries` + query({ limit })),
    resend: (id: string, deliveryId: string) =>
      call<WebhookDelivery>('POST', path`/admin/webhooks/${id}/deliveries/${deliveryId}/resend`),
  },
});
