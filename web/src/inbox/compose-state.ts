import { ValueStore } from '../state/value-store.js';

export const composeOpen = new ValueStore(false);
