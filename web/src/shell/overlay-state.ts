import { ValueStore } from '../state/value-store.js';

/** The overlay of the whole screen that is open; one at a time. */
export const overlayOpen = new ValueStore<'palette' | 'shortcuts' | null>(null);
export const closeOverlay = (): void => overlayOpen.set(null);
