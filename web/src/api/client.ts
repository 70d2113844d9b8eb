import type { bulkBody, BulkAnswer, SearchAnswer, Template } from '@partyline/contracts';
import type { z } from 'zod';
import type {
  Availability,
  CommandAccepted,
  ConversationView,
  InboxMember,
  InboxSummary,
  Me,
  PushSubscriptionBody,
  Route,
  TimelineItem,
} from './types.js';
import type { SectionQuery } from '../live/model.js';
import { Refused } from './problem.js';
import { send, type SendOptions } from './send.js';
import { session } from './session.js';

type Method = Parameters<typeof send>[0];

/** A request of the signed-in person; an expired token is renewed once. */
export async function call<T>(
  method: Method,
  path: string,
  options: Omit<SendOptions, 'token'> = {},
): Promise<T> {
  await session.ensureFresh();
  try {
    return await send<T>(method, path, { ...options, token: session.accessToken });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 401 || !(await session.renew())) throw error;
    return send<T>(method, path, { ...options, token: session.accessToken });
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
export interface TimelinePage {
  readonly items: readonly TimelineItem[];
  readonly nextBefore: number | null;
}
export const PAGE = 50;

const seg = encodeURIComponent;

export const api = {
  me: () => call<Me>('GET', '/me'),
  setAvailability: (body: { availability: Availability; awayUntil: string | null }) =>
    call<Me>('PATCH', '/me', { body }),
  inboxes: () => call<InboxSummary[]>('GET', '/inboxes'),
  members: (inboxId: string) => call<InboxMember[]>('GET', `/inboxes/${seg(inboxId)}/members`),
  templates: (inboxId: string) => call<Template[]>('GET', `/inboxes/${seg(inboxId)}/templates`),
  conversations: (query: SectionQuery, cursor: string | null, signal?: AbortSignal) => {
    const params = new URLSearchParams({ status: query.status, owner: query.owner, limit: String(PAGE) });
    if (query.q !== '') params.set('q', query.q);
    if (cursor !== null) params.set('cursor', cursor);
    return call<Page<ConversationView>>(
      'GET',
      `/inboxes/${seg(query.inboxId)}/conversations?${params}`,
      signal ? { signal } : {},
    );
  },
  conversation: (id: string) => call<ConversationView>('GET', `/conversations/${seg(id)}`),
  timeline: (id: string, before: number | null) => {
    const params = new URLSearchParams({ limit: String(PAGE) });
    if (before !== null) params.set('before', String(before));
    return call<TimelinePage>('GET', `/conversations/${seg(id)}/timeline?${params}`);
  },
  command: (id: string, verb: string, body: object, key: string) =>
    call<CommandAccepted>('POST', `/conversations/${seg(id)}/${verb}`, { body, key }),
  bulk: (body: z.infer<typeof bulkBody>, key: string) =>
    call<BulkAnswer>('POST', '/conversations/bulk', { body, key }),
  read: (id: string, seq: number) =>
    call<{ cursor: number; unread: number }>('POST', `/conversations/${seg(id)}/read`, { body: { seq } }),
  typing: (id: string, typing: boolean) =>
    call<null>('POST', `/conversations/${seg(id)}/typing`, { body: { typing } }),
  /** Sent even while the page goes away. */
  viewing: (id: string, viewing: boolean) =>
    call<null>('POST', `/conversations/${seg(id)}/viewing`, { body: { viewing }, keepalive: !viewing }),
  start: (inboxId: string, body: object, key: string) =>
    call<CommandAccepted>('POST', `/inboxes/${seg(inboxId)}/conversations`, { body, key }),
  directory: <T>(kind: string) => call<T[]>('GET', `/admin/${kind}`),
  explain: (body: { to: string; from: string; text: string; at?: string }) =>
    call<Route>('POST', '/admin/routing/explain', { body }),
  addDevice: (subscription: PushSubscriptionBody) =>
    call<{ id: string }>('POST', '/me/devices', { body: subscription }),
  removeDevice: (endpoint: string) =>
    call<{ removed: boolean }>('DELETE', '/me/devices', { body: { endpoint } }),
};

export const mediaUrl = (conversationId: string, mediaId: string) =>
  `/api/v1/conversations/${seg(conversationId)}/media/${seg(mediaId)}`;

/** What the server lets anybody know before they sign in. */
export const signInOptions = () => send<{ demo: boolean }>('GET', '/auth/options', {});

/** Conversations of all inboxes that the viewer sees, by name, number or words. */
export const search = (q: string, limit = 8) =>
  call<SearchAnswer>('GET', `/search?${new URLSearchParams({ q, limit: String(limit) })}`);
