import { describe, it } from '@jest/globals';

/**
 * A suite that needs something which a newcomer's machine may lack: skipped there, saying why. In CI nothing is
 * skipped: the suite runs and fails on what is missing.
 */
export function describeWith<T>(
  what: T | null,
  reason: string,
  name: string,
  suite: (found: T) => void,
): void {
  if (what !== null) return describe(name, () => suite(what));
  if (process.env['CI'] === 'true') throw new Error(`${name}: ${reason}`);
  it.todo(`${name} (skipped: ${reason})`);
}
