import { ValueStore } from './value-store.js';

/** What a screen reader is told without the focus moving. The number makes the same words news again. */
export const announcement = new ValueStore<{ text: string; number: number }>({ text: '', number: 0 });

export function announce(text: string): void {
  announcement.set({ text, number: announcement.get().number + 1 });
}
