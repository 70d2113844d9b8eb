import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** 20 000 unless given. */
  readonly timeoutMs?: number;
  /** Between two looks; 20 unless given. */
  readonly intervalMs?: number;
}

/** Looks again until `fn` no longer throws (nor returns false), and gives its value; the last failure when time is up. */
export async function eventually<T>(
  fn: () => Promise<T> | T,
  options: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const { timeoutMs = 20_000, intervalMs = 20 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const value = await fn();
      if (value !== false) return value as Exclude<T, false>;
      failure = new Error('the condition stayed false');
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      throw new Error(`Waited ${timeoutMs} ms in vain: ${reason}`, { cause: failure });
    }
    await pause(intervalMs);
  }
}
