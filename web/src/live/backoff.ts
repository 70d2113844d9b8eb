const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** How long to wait before try number `attempt` (from 0), in milliseconds; `spread` in 0..1 keeps windows apart. */
export function nextDelay(attempt: number, spread: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return full / 2 + (full / 2) * spread;
}
