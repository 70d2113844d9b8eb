import { describe } from '@jest/globals';

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
  if (what === null && process.env['CI'] !== 'true') {
    console.warn(`Skipped: ${name} (${reason})`);
    return describe.skip(name, () => suite(what as T));
  }
  if (what === null) throw new Error(`${name}: ${reason}`);
  describe(name, () => suite(what));
}
