import type {
  CommandAccepted,
  conversationsQuery,
  ConversationView,
  InboxMember,
  InboxSummary,
  startBody,
  Template,
} from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from './path.js';
import type { Call, Page } from './request.js';

export type ListQuery = Partial<z.infer<typeof conversationsQuery>>;

export const inboxesCalls = (call: Call) => ({
  /** Those that I see, with my counts. */
  list: () => call<InboxSummary[]>('GET', '/inboxes'),
  members: (id: string) => call<InboxMember[]>('GET', path`/inboxes/${id}/members`),
  templates: (id: string) => call<Template[]>('GET', path`/inboxes/${id}/templates`),
  conversations: (id: string, filter: ListQuery = {}, signal?: AbortSignal) =>
    call<Page<ConversationView>>('GET', path`/inboxes/${id}/conversations` + query(filter), { signal }),
  start: (id: string, body: z.input<typeof startBody>, key?: string) =>
    call<CommandAccepted>('POST', path`/inboxes/${id}/conversations`, { body, key }),
});
