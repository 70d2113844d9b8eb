import { toast } from '../state/toasts.js';
import { ValueStore } from '../state/value-store.js';

/** As many as the server changes in one request. */
const MOST = 100;

/** The conversations that are marked in the list on the screen; null: none can be marked now. */
export const selection = new ValueStore<ReadonlySet<string> | null>(null);

export function toggleSelected(id: string): void {
  const ids = new Set(selection.get());
  if (!ids.delete(id)) {
    if (ids.size === MOST) return void toast('info', `At most ${MOST} conversations are changed at once.`);
    ids.add(id);
  }
  selection.set(ids);
}
