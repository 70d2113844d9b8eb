import type {
  changeContactBody,
  Contact,
  ContactDetail,
  ConversationView,
  eraseContactBody,
  mergeContactBody,
  newContactBody,
  separateContactBody,
} from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from './path.js';
import type { Call, Page } from './request.js';

export interface Paging {
  readonly cursor?: string | null;
  readonly limit?: number;
}

export const contactsCalls = (call: Call) => ({
  /** Whose number this is, or whose name or number begins like that; the latest activity first. */
  list: (filter: Paging & { readonly q?: string; readonly number?: string } = {}) =>
    call<Page<Contact>>('GET', `/contacts${query({ ...filter })}`),
  create: (body: z.input<typeof newContactBody>, key?: string) =>
    call<ContactDetail>('POST', '/contacts', { body, key }),
  get: (id: string) => call<ContactDetail>('GET', path`/contacts/${id}`),
  change: (id: string, body: z.input<typeof changeContactBody>, key?: string) =>
    call<ContactDetail>('PATCH', path`/contacts/${id}`, { body, key }),
  /** Their conversations in all inboxes that I see. */
  conversations: (id: string, page: Paging = {}) =>
    call<Page<ConversationView>>('GET', path`/contacts/${id}/conversations` + query({ ...page })),
  merge: (id: string, body: z.input<typeof mergeContactBody>, key?: string) =>
    call<ContactDetail>('POST', path`/contacts/${id}/merge`, { body, key }),
  /** For good. It goes on after the answer: `erasure.finished` of the contact says when it is done. */
  erase: (id: string, body: z.input<typeof eraseContactBody>, key?: string) =>
    call<ContactDetail>('POST', path`/contacts/${id}/erase`, { body, key }),
  separate: (id: string, body: z.input<typeof separateContactBody>, key?: string) =>
    call<ContactDetail>('POST', path`/contacts/${id}/separate`, { body, key }),
});
