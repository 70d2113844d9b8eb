import type { ConversationEventData } from '@partyline/contracts';
import type { ExistingConversation } from './conversation.js';

/** What events mark a conversation with that change neither whose it is nor whether it is open. */
export const tagged = (
  state: ExistingConversation,
  { added, removed }: ConversationEventData<'conversation.tagged'>,
): ExistingConversation => ({
  ...state,
  tags: [...state.tags.filter((tag) => !removed.includes(tag)), ...added],
});

export function consented(
  state: ExistingConversation,
  { peer, state: consent }: ConversationEventData<'consent.changed'>,
): ExistingConversation {
  const others = state.optedOut.filter((other) => other !== peer);
  return { ...state, optedOut: consent === 'opted_out' ? [...others, peer].sort() : others };
}
