import { setTimeout as wait } from 'node:timers/promises';

/** Waits, or returns at once when the signal aborts; never rejects. Does not keep the process alive. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal, ref: false });
  } catch {
    // Aborted: whoever waits looks at the signal next.
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
