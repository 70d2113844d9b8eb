import type { Viewer } from '@partyline/contracts';

export type CursorMove = Viewer & {
  readonly conversationId: string;
  readonly inboxId: string;
  readonly cursor: number;
};

/** Tells a person's other windows how far they have read. Losing it costs a stale badge there, so nobody waits for it. */
export abstract class CursorNews {
  abstract moved(move: CursorMove): void;
}
