import { api } from '../api/client.js';
import { moveCursor } from './state.js';
import { live } from './store.js';

/** Bursts of new entries in an open thread become one request. */
const WAIT_MS = 400;
const waiting = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** The viewer has seen everything up to `seq`: at once on the screen, soon on the server. */
export function markRead(conversationId: string, seq: number): void {
  const known = live.get().entities.get(conversationId);
  if (!known || (known.cursor >= seq && known.allowedSeq >= 0)) return;
  live.update((state) => moveCursor(state, conversationId, seq));
  waiting.set(conversationId, Math.max(seq, waiting.get(conversationId) ?? 0));
  timer ??= setTimeout(flush, WAIT_MS);
}

function flush(): void {
  timer = undefined;
  const marks = [...waiting];
  waiting.clear();
  for (const [id, seq] of marks) {
    // A mark that got lost costs a stale badge in another window, and the next one repairs it.
    void api.conversations.read(id, seq).catch(() => undefined);
  }
}
