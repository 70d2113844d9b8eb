import type { Contact, ContactDetail, ConversationView } from '@partyline/contracts';
import { call, type Page } from '../api/client.js';

const seg = encodeURIComponent;

export interface ContactInput {
  readonly name: string;
  readonly notes: string;
  readonly numbers: readonly string[];
}

/** Whose number this is, or whose name or number begins like that; the latest activity first. */
export function listContacts(filter: { q?: string; number?: string }, cursor: string | null, limit = 50) {
  const params = new URLSearchParams({ limit: String(limit) });
  if (filter.q) params.set('q', filter.q);
  if (filter.number) params.set('number', filter.number);
  if (cursor !== null) params.set('cursor', cursor);
  return call<Page<Contact>>('GET', `/contacts?${params}`);
}
export const getContact = (id: string) => call<ContactDetail>('GET', `/contacts/${seg(id)}`);
export const contactHistory = (id: string, cursor: string | null) =>
  call<Page<ConversationView>>(
    'GET',
    `/contacts/${seg(id)}/conversations?limit=50${cursor === null ? '' : `&cursor=${seg(cursor)}`}`,
  );
export const createContact = (body: ContactInput, key: string) =>
  call<ContactDetail>('POST', '/contacts', { body, key });
export const changeContact = (
  id: string,
  body: Partial<ContactInput> & { expectedRevision: number },
  key: string,
) => call<ContactDetail>('PATCH', `/contacts/${seg(id)}`, { body, key });
export const mergeContacts = (id: string, contactId: string, expectedRevision: number, key: string) =>
  call<ContactDetail>('POST', `/contacts/${seg(id)}/merge`, { body: { contactId, expectedRevision }, key });
export const separateContacts = (id: string, contactId: string, expectedRevision: number, key: string) =>
  call<ContactDetail>('POST', `/contacts/${seg(id)}/separate`, {
    body: { contactId, expectedRevision },
    key,
  });
