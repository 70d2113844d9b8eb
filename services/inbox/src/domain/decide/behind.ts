import type { ConversationState } from '../conversation.js';

/**
 * What the next message of ours comes after. The one before may have been written by a process that died before it told
 * delivery, and customers are to read them in order.
 */
export function behind(state: ConversationState): { after?: string } {
  if (state.status === 'none') return {};
  const before = state.unsettled.findLast(({ status }) => status === 'queued');
  return before ? { after: before.messageId } : {};
}
