import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent } from './carrier.js';

/**
 * The events of a batch. What can be read is kept, so that one broken entry does not hold the others back for as long as
 * the carrier repeats the batch; refused only where nothing in it can be read. The raw body stays with the receipts.
 */
export function readEach<T>(
  entries: readonly T[],
  read: (entry: T) => Result<readonly CarrierEvent[], string>,
): Result<readonly CarrierEvent[], string> {
  const events: CarrierEvent[] = [];
  let problem: string | null = null;
  let readable = entries.length === 0;
  for (const [index, entry] of entries.entries()) {
    const result = read(entry);
    if (result.ok) {
      readable = true;
      events.push(...result.value);
    } else problem ??= `entry ${index + 1}: ${result.error}`;
  }
  return readable || problem === null ? ok(events) : fail(problem);
}
