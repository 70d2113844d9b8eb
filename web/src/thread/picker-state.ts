import { ValueStore } from '../state/value-store.js';

export type Picker = 'assign' | 'transfer' | 'snooze' | 'tags';

/** Which picker of the open conversation is shown; the keyboard opens it too. */
export const pickerOpen = new ValueStore<Picker | null>(null);
