const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to wait after `tries` attempts that surely failed: 1 s, doubling to 5 min, spread by up to a fifth.
 * `jitter`: a random number in [0, 1). The carrier's own wish (Retry-After) is never undercut.
 */
export function retryDelayMs(tries: number, jitter: number, retryAfterMs: number | null = null): number {
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 20));
  return Math.max(Math.round(doubled * (1 + jitter / 5)), retryAfterMs ?? 0);
}

/** Whoever changes a status tells it at once; only after a crash is it left to the sweep. */
const TELLING_MS = 5_000;
const FIRST_ANNOUNCEMENT_MS = 30_000;
const LONGEST_ANNOUNCEMENT_MS = 10 * 60_000;

/** How long to wait for the inbox service to show a status that was announced `times` times: 30 s, doubling to 10 min. */
export function announcementDelayMs(times: number): number {
  return Math.min(LONGEST_ANNOUNCEMENT_MS, FIRST_ANNOUNCEMENT_MS * 2 ** Math.min(Math.max(times - 1, 0), 10));
}

/** When a status that changed now counts as one that nobody told. */
export const leftUntold = (now: Date): Date => new Date(now.getTime() + TELLING_MS);
