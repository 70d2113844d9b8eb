import type { Standing } from '../../application/log/conversation-log.js';
import type { ExistingConversation } from '../../domain/conversation.js';
import type { ConversationDocument, SavedState } from './documents.js';
import { contactWords } from './contact-words.js';

/** What a projection holds beside its _id, tenantId and cursors. */
export type ProjectedFields = Omit<ConversationDocument, '_id' | 'tenantId' | 'cursors' | 'waiting'>;

export function projectedFields(state: ExistingConversation): ProjectedFields {
  const waits = state.status === 'open' && !state.owner ? state.waitingSince : null;
  return {
    ...savedFields(state),
    ownerId: state.owner?.id ?? null,
    owned: state.owner !== null,
    sortAt: waits ?? state.lastActivityAt,
    attentionSeq: state.attention.at(-1) ?? 0,
    words: contactWords(state.contactName, state.peers),
  };
}

/** Whether somebody has to take it: in inboxes without owners, nobody can. */
export const waitsForOwner = (state: ExistingConversation): boolean =>
  state.inboxKind === 'shared' && state.waitingSince !== null;

export function standingOf(document: ConversationDocument): Standing<ExistingConversation> {
  const {
    _id: id,
    tenantId: _tenant,
    ownerId: _owner,
    owned: _owned,
    sortAt: _sort,
    attentionSeq: _attention,
    waiting: _waiting,
    words: _words,
    cursors = {},
    ...facts
  } = document;
  return { state: stateOf(id, facts), cursors };
}

/** A state without its id, as documents keep it. */
export function savedFields(state: ExistingConversation): SavedState {
  const { id: _, ...facts } = state;
  return facts;
}

export function stateOf(
  id: string,
  { status, owner, waitingSince, ...facts }: SavedState,
): ExistingConversation {
  return status === 'open'
    ? { id, ...facts, status, owner, waitingSince }
    : { id, ...facts, status, owner: null, waitingSince: null };
}
