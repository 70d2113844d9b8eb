import { ValueStore, useValue } from './value-store.js';

/** The time in steps of 15 s, for waits and ages: one timer for the whole screen. */
const STEP_MS = 15_000;
const now = new ValueStore(Date.now());
let running = false;

export function useNow(): number {
  if (!running && typeof setInterval === 'function') {
    running = true;
    setInterval(() => now.set(Date.now()), STEP_MS);
  }
  return Math.max(useValue(now), 0);
}
