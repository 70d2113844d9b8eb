import type { Standing } from '../../application/log/conversation-log.js';
import type { ExistingConversation } from '../../domain/conversation.js';
import type { ConversationDocument, SavedState } from './documents.js';
import { contactWords } from './contact-words.js';

/** What a projection holds beside its _id, tenantId and cursors. */
export type ProjectedFields = Omit<
  ConversationDocument,
  '_id' | 'tenantId' | 'cursors' | 'waiting' | 'wakeAt'
>;

/** Sorts behind every moment: it wakes when the customer writes, whenever that is. */
const SOME_DAY = '9999-12-31T23:59:59.999Z';

export function projectedFields(state: ExistingConversation): ProjectedFields {
  const waits = state.status === 'open' && !state.owner ? state.waitingSince : null;
  return {
    ...savedFields(state),
    status: state.snoozed ? 'snoozed' : state.status,
    ownerId: state.owner?.id ?? null,
    owned: state.owner !== null,
    sortAt: state.snoozed ? (state.snoozed.until ?? SOME_DAY) : (waits ?? state.lastActivityAt),
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
    wakeAt: _wake,
    words: _words,
    cursors = {},
    ...facts
  } = document;
  return { state: stateOf(id, facts), cursors };
}

/** A state without its id, as documents keep it. */
export function savedFields(state: ExistingConversation): SavedState {
  const { id: _, tags, ...facts } = state;
  return { ...facts, ...(tags.length > 0 ? { tags } : {}) };
}

export function stateOf(
  id: string,
  { status, snoozed = null, tags = [], owner, waitingSince, ...facts }: SavedState,
): ExistingConversation {
  return status === 'done'
    ? { id, ...facts, tags, status, snoozed: null, owner: null, waitingSince: null }
    : { id, ...facts, tags, status: 'open', snoozed, owner, waitingSince };
}
