import { NONE, type ConversationState } from '../../domain/conversation.js';
import {
  projectedOf,
  seqOf,
  type ConversationLog,
  type ConversationRef,
  type LoggedEntry,
  type Projected,
} from './conversation-log.js';

/** Entries of one conversation with the state that each made, read from the log: ascending by seq. */
export async function replay(
  log: ConversationLog,
  ref: ConversationRef,
  seqs: ReadonlySet<number>,
): Promise<Projected[]> {
  const oldest = Math.min(...seqs);
  const shown = (await log.read(ref))?.state ?? NONE;
  let state: ConversationState = seqOf(shown) < oldest ? shown : NONE;
  const items: Projected[] = [];
  for (const entry of await log.entriesAfter(ref, seqOf(state))) {
    const item = projectedOf(entry, state);
    state = item.state;
    if (seqs.has(entry.seq)) items.push(item);
  }
  return items;
}

/** Tells again what stands in these entries, conversation by conversation. */
export async function replayAll(
  log: ConversationLog,
  entries: readonly Pick<LoggedEntry, 'tenantId' | 'conversationId' | 'seq'>[],
): Promise<Projected[]> {
  const byConversation = new Map<string, { ref: ConversationRef; seqs: Set<number> }>();
  for (const { tenantId, conversationId, seq } of entries) {
    const known = byConversation.get(conversationId);
    if (known) known.seqs.add(seq);
    else byConversation.set(conversationId, { ref: { tenantId, conversationId }, seqs: new Set([seq]) });
  }
  const items = await Promise.all(
    [...byConversation.values()].map(({ ref, seqs }) => replay(log, ref, seqs)),
  );
  return items.flat();
}
