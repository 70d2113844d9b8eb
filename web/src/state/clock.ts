import { useSyncExternalStore } from 'react';

/** The time in steps of 15 s, for waits and ages: one timer for the whole screen, which runs while somebody looks. */
const STEP_MS = 15_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds since 1970. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
