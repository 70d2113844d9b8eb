import { readStored, writeStored } from './storage.js';
import { ValueStore, useSelected } from './value-store.js';

/**
 * What somebody has typed and not sent, by person and conversation: a draft must never end up in another chat or with
 * another person at the same computer. It goes only when the server has accepted the text.
 */
const key = (userId: string, conversationId: string) => `partyline.draft.${userId}.${conversationId}`;

const store = new ValueStore<Readonly<Record<string, string>>>({});

function read(id: string): string {
  return store.get()[id] ?? readStored(id) ?? '';
}

export function draftOf(userId: string, conversationId: string): string {
  return read(key(userId, conversationId));
}

export function keepDraft(userId: string, conversationId: string, text: string): void {
  const id = key(userId, conversationId);
  store.set({ ...store.get(), [id]: text });
  writeStored(id, text.trim() === '' ? null : text);
}

export function useDraft(userId: string, conversationId: string): string {
  const id = key(userId, conversationId);
  return useSelected(store, () => read(id));
}

export function useHasDraft(userId: string, conversationId: string): boolean {
  const id = key(userId, conversationId);
  return useSelected(store, () => read(id).trim() !== '');
}
