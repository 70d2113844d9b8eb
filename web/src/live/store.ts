import { useSyncExternalStore } from 'react';
import { EMPTY_STATE, type LiveState } from './model.js';

export type Change = (state: LiveState) => LiveState;

/** Holds the state of this window. Changes of people show at once; a burst of events shows once a frame. */
class LiveStore {
  private state: LiveState = EMPTY_STATE;
  private queue: Change[] = [];
  private scheduled = false;
  private readonly listeners = new Set<() => void>();

  readonly get = (): LiveState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Applies now, after everything that waits. */
  update(change: Change): void {
    this.queue.push(change);
    this.flush();
  }

  /** Applies with the next frame; hidden windows have no frames, so a timer stands behind it. */
  enqueue(change: Change): void {
    this.queue.push(change);
    if (this.scheduled) return;
    this.scheduled = true;
    if (document.visibilityState === 'visible') requestAnimationFrame(() => this.flush());
    else setTimeout(() => this.flush(), 50);
  }

  reset(): void {
    this.queue = [];
    this.state = EMPTY_STATE;
    this.tell();
  }

  private flush(): void {
    this.scheduled = false;
    if (this.queue.length === 0) return;
    const changes = this.queue;
    this.queue = [];
    const before = this.state;
    this.state = changes.reduce((state, change) => change(state), before);
    if (this.state !== before) this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const live = new LiveStore();

/** Re-renders only when the selected value changes; a selector must return something that is stable. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(live.subscribe, () => select(live.get()));
}
