import type { WaitState } from '../domain/alert.js';

/** The newest state of each conversation that notify has heard of, as far as alerts need it. */
export abstract class WaitStore {
  /** Keeps a state only where it is newer (by seq) than what is held; answers what is held then, by conversation. */
  abstract observe(states: readonly WaitState[]): Promise<readonly WaitState[]>;
  abstract find(tenantId: string, conversationId: string): Promise<WaitState | null>;
}
