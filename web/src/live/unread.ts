import type { Conversation } from '@partyline/contracts';

/** How many entries of new activity a person with this cursor has not seen; at most 10 are known. As the contracts define it, without their schemas. */
export function unreadOf(conversation: Pick<Conversation, 'attention'>, cursor: number): number {
  return conversation.attention.filter((seq) => seq > cursor).length;
}
