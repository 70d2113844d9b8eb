import { ValueStore } from '../state/value-store.js';

/** Which picker of a colleague is open; the keyboard opens it too. */
export const pickerOpen = new ValueStore<'assign' | 'transfer' | null>(null);
