const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * How long to wait before try number `attempt` + 1 (attempt counts from 1), milliseconds: 250 doubling to 30 000,
 * give or take a fifth, so that what failed together does not come back together.
 */
export function retryDelay(
  attempt: number,
  random: () => number = Math.random,
  longestMs = LONGEST_MS,
): number {
  const exponential = Math.min(longestMs, FIRST_MS * 2 ** Math.min(Math.max(attempt, 1) - 1, 20));
  return Math.round(exponential * (0.8 + 0.4 * random()));
}
