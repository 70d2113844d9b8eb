import type { ConversationLog, ConversationRef, LoggedEntry, Projected } from './conversation-log.js';

/**
 * These entries, of any conversations, each with the conversation as it made it: what is told again of them. Lists show
 * them from here on: what is told counts as shown, and nobody would look after it any more.
 */
export async function replay(
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
    [...byConversation.values()].map(async ({ ref, seqs }) => {
      await log.repair(ref);
      return log.entriesAt(ref, seqs);
    }),
  );
  return items.flat();
}
