import type { CallDefinition, Refusal } from '@partyline/contracts';
import { summaryOf, titleOf, type ExistingConversation } from '../domain/conversation.js';
import { isConflict, NOT_FOUND, type DomainError } from '../domain/errors.js';

/** What a caller is answered over the bus. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const answer = <T>(value: T): Answer<T> => ({ ok: true, value });

export const refused = (error: Refusal): Answer<never> => ({ ok: false, error });

export const notFound = (): Answer<never> => refused({ ...NOT_FOUND });

/** A refusal as it is told to somebody who may see the conversation: with what it is now, who made it so, and when. */
export function refusalOf({ code, message }: DomainError, state: ExistingConversation): Refusal {
  if (!isConflict({ code, message })) return { code, message };
  const conversation = summaryOf(state);
  if (code === 'OPTED_OUT') return { code, message, conversation };
  if (code === 'NEW_ACTIVITY') {
    const by = { id: state.peers.join(','), name: titleOf(state) };
    return { code, message, conversation, by, at: state.lastInboundAt ?? state.lastActivityAt };
  }
  const by = state.changedBy === null ? {} : { by: state.changedBy };
  return { code, message, conversation, ...by, at: state.changedAt };
}

/** What a call of the contracts is asked with. */
export type RequestOf<C> = C extends CallDefinition<infer Q> ? Q : never;
