import type { BulkAnswer } from '@partyline/contracts';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { receiveConversation, receiveViews } from './state.js';
import { live } from './store.js';

export type ManyAction = 'assign' | 'return' | 'done' | 'reopen' | 'tag' | 'untag';

/**
 * One act on many conversations; each is changed or refused for itself, and the screen shows what each is now. Throws
 * Refused or Unreachable where none of them was tried.
 */
export async function changeMany(
  action: ManyAction,
  ids: readonly string[],
  tagId?: string,
): Promise<BulkAnswer['results']> {
  const { entities } = live.get();
  const items = ids.flatMap((conversationId) => {
    const conversation = entities.get(conversationId)?.conversation;
    if (!conversation) return [];
    // A claim of what nobody has says no epoch: the first one wins, whatever else happened meanwhile.
    const isFree = action === 'assign' && !conversation.owner;
    // The row shows the newest text, so what stands in it counts as seen.
    const { epoch: expectedEpoch, seq: seenSeq } = conversation;
    return [{ conversationId, seenSeq, ...(isFree ? {} : { expectedEpoch }) }];
  });
  const { results } = await api.conversations.bulk(
    { action, items, ...(tagId === undefined ? {} : { tagId }) },
    randomId(),
  );
  live.update((state) =>
    results.reduce((current, result) => {
      if (result.ok) return receiveViews(current, [result.accepted.conversation]);
      const { conversation } = result.problem;
      return conversation ? receiveConversation(current, conversation) : current;
    }, state),
  );
  return results;
}
