import { mongo } from 'mongoose';
import { isDuplicateKey, outcomeUnknown } from './errors.js';

/**
 * Upserts whose filters ask for an older version (`{ _id, revision: { $lt: revision } }`), one or a bulk of them; gives
 * what the write gives, or undefined where a newer version stands. A duplicate key alone does not say so: two writers who
 * both found nothing insert at once, and the newer one can be refused because of the older. By then the document is
 * there, so asking once more lets the filter decide. Throws what the write throws for any other reason.
 */
export async function unlessNewer<T>(write: () => Promise<T>): Promise<T | undefined> {
  const outcome = (await attempt(write)) ?? (await attempt(write));
  return outcome?.value;
}

async function attempt<T>(write: () => Promise<T>): Promise<{ readonly value: T } | null> {
  try {
    return { value: await write() };
  } catch (error) {
    if (refusedByKeysAlone(error)) return null;
    throw error;
  }
}

function refusedByKeysAlone(error: unknown): boolean {
  if (outcomeUnknown(error)) return false;
  if (!(error instanceof mongo.MongoBulkWriteError)) return isDuplicateKey(error);
  return [error.writeErrors].flat().every((refusal) => isDuplicateKey(refusal));
}
