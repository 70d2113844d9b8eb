import type { WaitState } from '../domain/alert.js';

export type WaitingConversation = Omit<WaitState, 'seq' | 'waitingSince'> & { readonly waitingSince: Date };

/** Every conversation that waits for an owner, as the inbox service knows them now. */
export abstract class WaitingConversations {
  /** Null where the inbox service cannot be asked. */
  abstract all(): Promise<readonly WaitingConversation[] | null>;
}
