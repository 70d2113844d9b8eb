import { setTimeout as pause } from 'node:timers/promises';
import { isDuplicateKey, outcomeUnknown } from '@partyline/mongo';
import { type mongo } from 'mongoose';
import { OutcomeUnknown } from '../../application/log/conversation-log.js';
import type { InsertOutcome } from '../../application/log/optimistic-conversation-log.js';
import type { EntryDocument } from './documents.js';

/** Between one look and the next. */
const PAUSES_MS = [20, 50, 150, 400, 1_000, 2_000] as const;
/** In all, so that a caller who waits for five seconds still hears of it. */
const LONGEST_MS = 4_000;

interface Search {
  readonly timeline: mongo.Collection<EntryDocument>;
  readonly document: EntryDocument;
  /** By performance.now(). */
  readonly deadline: number;
}

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
  const deadline = performance.now() + LONGEST_MS;
  return Promise.all(documents.map((document) => settleOne({ timeline, document, deadline }, cause)));
}

/** As {@link settleUnknown} for entries of which each rests on the one before: ends with the first that is not committed. */
export async function settleChain(
  timeline: mongo.Collection<EntryDocument>,
  documents: readonly EntryDocument[],
  cause: unknown,
): Promise<InsertOutcome[]> {
  const deadline = performance.now() + LONGEST_MS;
  const outcomes: InsertOutcome[] = [];
  for (const document of documents) {
    const outcome = await settleOne({ timeline, document, deadline }, cause);
    outcomes.push(outcome);
    if (outcome !== 'committed') break;
  }
  return outcomes;
}

async function settleOne(search: Search, cause: unknown): Promise<InsertOutcome> {
  let failure = cause;
  for (const ms of PAUSES_MS) {
    try {
      const outcome = (await look(search)) ?? (await insertAgain(search));
      if (outcome) return outcome;
    } catch (error) {
      failure = error;
    }
    if (performance.now() + ms >= search.deadline) break;
    await pause(ms);
  }
  const { seq, conversationId } = search.document;
  throw new OutcomeUnknown(`Entry ${seq} of ${conversationId} may or may not be written`, { cause: failure });
}

const timeLeft = ({ deadline }: Search): number => Math.max(1, Math.ceil(deadline - performance.now()));

/** Linearizable: what it shows is on a majority, and nothing older can be shown. */
async function look(search: Search): Promise<InsertOutcome | null> {
  const { _id, tenantId, conversationId, seq, messageId, commandId } = search.document;
  const read = (filter: mongo.Filter<EntryDocument>) =>
    search.timeline.findOne(filter, {
      projection: { _id: 1 },
      readConcern: { level: 'linearizable' },
      timeoutMS: timeLeft(search),
    });
  const there = await read({ tenantId, conversationId, seq });
  if (there) return there._id.equals(_id) ? 'committed' : 'taken';
  if (messageId !== undefined && (await read({ tenantId, messageId }))) return 'repeated';
  if (commandId !== undefined && (await read({ tenantId, conversationId, commandId }))) return 'repeated';
  return null;
}

async function insertAgain(search: Search): Promise<InsertOutcome | null> {
  try {
    await search.timeline.insertOne(search.document, { timeoutMS: timeLeft(search) });
    return 'committed';
  } catch (error) {
    // Whatever it met, the next look says whose it is.
    if (isDuplicateKey(error) && !outcomeUnknown(error)) return null;
    throw error;
  }
}
