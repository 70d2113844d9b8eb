import type {
  ApiKeyView,
  InboxDefinition,
  Permission,
  Template,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
} from '@partyline/contracts';
import { call } from './client.js';
import type { Availability } from './types.js';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Came with Partyline and cannot be removed. */
  readonly ready: boolean;
}
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly active: boolean;
  readonly availability: Availability;
  /** When they are available again by themselves; null: when they say so. */
  readonly awayUntil: string | null;
}

/** An inbox with what an Admin may set on it. */
export type InboxRecord = InboxDefinition & { readonly revision: number };
export type InboxPolicies = Partial<Pick<InboxDefinition, 'returnWhenAway' | 'autoAssign'>>;

const seg = encodeURIComponent;

/** What Admins do. */
export const admin = {
  users: () => call<User[]>('GET', '/admin/users'),
  changeUser: (id: string, body: { roleId?: string; availability?: Availability }) =>
    call<User>('PATCH', `/admin/users/${seg(id)}`, { body }),
  inboxes: () => call<InboxRecord[]>('GET', '/admin/inboxes'),
  changeInbox: (id: string, body: InboxPolicies & { revision: number }) =>
    call<InboxRecord>('PATCH', `/admin/inboxes/${seg(id)}`, { body }),
  roles: () => call<Role[]>('GET', '/admin/roles'),
  addRole: (body: { name: string; permissions: readonly Permission[] }) =>
    call<Role>('POST', '/admin/roles', { body }),
  changeRole: (id: string, body: { name?: string; permissions?: readonly Permission[] }) =>
    call<Role>('PATCH', `/admin/roles/${seg(id)}`, { body }),
  apiKeys: () => call<ApiKeyView[]>('GET', '/admin/api-keys'),
  makeApiKey: (body: { name: string; scopes: readonly Permission[]; expiresInDays: number | null }) =>
    call<{ key: ApiKeyView; secret: string }>('POST', '/admin/api-keys', { body }),
  revokeApiKey: (id: string) => call<null>('DELETE', `/admin/api-keys/${seg(id)}`),
  webhooks: () => call<Webhook[]>('GET', '/admin/webhooks'),
  addWebhook: (body: { url: string; description: string; events: readonly WebhookEvent[] }) =>
    call<{ webhook: Webhook; secret: string }>('POST', '/admin/webhooks', { body }),
  changeWebhook: (id: string, body: { active: boolean }) =>
    call<Webhook>('PATCH', `/admin/webhooks/${seg(id)}`, { body }),
  removeWebhook: (id: string) => call<null>('DELETE', `/admin/webhooks/${seg(id)}`),
  rotateWebhook: (id: string) =>
    call<{ webhook: Webhook; secret: string }>('POST', `/admin/webhooks/${seg(id)}/rotate`),
  webhookDeliveries: (id: string) =>
    call<WebhookDelivery[]>('GET', `/admin/webhooks/${seg(id)}/deliveries?limit=50`),
  resendWebhook: (id: string, deliveryId: string) =>
    call<WebhookDelivery>('POST', `/admin/webhooks/${seg(id)}/deliveries/${seg(deliveryId)}/resend`),
  templates: () => call<Template[]>('GET', '/admin/templates'),
  addTemplate: (body: Omit<Template, 'id' | 'revision'>) =>
    call<Template>('POST', '/admin/templates', { body }),
  changeTemplate: (id: string, body: Omit<Template, 'id'>) =>
    call<Template>('PATCH', `/admin/templates/${seg(id)}`, { body }),
  removeTemplate: (id: string) => call<null>('DELETE', `/admin/templates/${seg(id)}`),
  removeRole: (id: string) => call<null>('DELETE', `/admin/roles/${seg(id)}`),
};
