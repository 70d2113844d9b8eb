import { setTimeout as pause } from 'node:timers/promises';
import { isDuplicateKey, writeConcernFailed } from '@partyline/mongo';
import { type mongo } from 'mongoose';
import { OutcomeUnknown } from '../../application/log/conversation-log.js';
import type { InsertOutcome } from '../../application/log/optimistic-conversation-log.js';
import type { EntryDocument } from './documents.js';

/** Between one look and the next; about three seconds in all, so that a caller still hears of it. */
const PAUSES_MS = [20, 50, 150, 400, 1_000, 1_500] as const;
const LONGEST_READ_MS = 2_000;

/**
 * Finds out what became of inserts whose answer was lost or not confirmed by a majority: looks at what a majority
 * holds, and inserts again what nobody has (its _id makes sure that it is there once). Throws OutcomeUnknown when the
 * database stays silent.
 */
export async function settleUnknown(
  timeline: mongo.Collection<EntryDocument>,
  documents: readonly EntryDocument[],
  cause: unknown,
): Promise<InsertOutcome[]> {
  return Promise.all(documents.map((document) => settleOne(timeline, document, cause)));
}

async function settleOne(
  timeline: mongo.Collection<EntryDocument>,
  document: EntryDocument,
  cause: unknown,
): Promise<InsertOutcome> {
  let failure = cause;
  for (const ms of PAUSES_MS) {
    try {
      const outcome = (await look(timeline, document)) ?? (await insertAgain(timeline, document));
      if (outcome) return outcome;
    } catch (error) {
      failure = error;
    }
    await pause(ms);
  }
  throw new OutcomeUnknown(`Entry ${document.seq} of ${document.conversationId} may or may not be written`, {
    cause: failure,
  });
}

/** Linearizable: what it shows is on a majority, and nothing older can be shown. */
async function look(
  timeline: mongo.Collection<EntryDocument>,
  { _id, tenantId, conversationId, seq, messageId, commandId }: EntryDocument,
): Promise<InsertOutcome | null> {
  const read = (filter: mongo.Filter<EntryDocument>) =>
    timeline.findOne(filter, {
      projection: { _id: 1 },
      readConcern: { level: 'linearizable' },
      maxTimeMS: LONGEST_READ_MS,
    });
  const there = await read({ tenantId, conversationId, seq });
  if (there) return there._id.equals(_id) ? 'committed' : 'taken';
  if (messageId !== undefined && (await read({ tenantId, messageId }))) return 'repeated';
  if (commandId !== undefined && (await read({ tenantId, conversationId, commandId }))) return 'repeated';
  return null;
}

async function insertAgain(
  timeline: mongo.Collection<EntryDocument>,
  document: EntryDocument,
): Promise<InsertOutcome | null> {
  try {
    await timeline.insertOne(document);
    return 'committed';
  } catch (error) {
    // Whatever it met, the next look says whose it is.
    if (isDuplicateKey(error) && !writeConcernFailed(error)) return null;
    throw error;
  }
}
