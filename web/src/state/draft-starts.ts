import { readStored, writeStored } from './storage.js';
import { ValueStore, useSelected } from './value-store.js';

/**
 * The newest entry that stood on the screen when somebody began to write, by person and conversation: what came after
 * it, they may not have seen. It lives as long as the draft, through a reload too.
 */
const key = (userId: string, conversationId: string) => `partyline.draft-start.${userId}.${conversationId}`;

const store = new ValueStore<Readonly<Record<string, number | null>>>({});

function read(id: string): number | null {
  const known = store.get()[id];
  if (known !== undefined) return known;
  const stored = Number(readStored(id) ?? Number.NaN);
  return Number.isSafeInteger(stored) ? stored : null;
}

/** `seq` null: there is no draft any more. */
export function setDraftStart(userId: string, conversationId: string, seq: number | null): void {
  const id = key(userId, conversationId);
  store.set({ ...store.get(), [id]: seq });
  writeStored(id, seq === null ? null : String(seq));
}

export function useDraftStart(userId: string, conversationId: string): number | null {
  const id = key(userId, conversationId);
  return useSelected(store, () => read(id));
}
