import type { ConversationState, ExistingConversation } from '../../domain/conversation.js';
import type { Attempt } from './attempt.js';
import {
  projectedOf,
  seqOf,
  type AppendRequest,
  type LoggedEntry,
  type Projected,
  type Standing,
} from './conversation-log.js';

/** What an attempt wants to write, and the standing that it was decided on. */
export interface Candidate {
  readonly attempt: Attempt;
  readonly item: Projected;
  readonly before: Standing;
}

/** Entries of one conversation that are written in one go. */
const LONGEST_CHAIN = 100;

/** Entries for the requests of one conversation, each decided on what the one before it will have made. */
export function chainOf(queue: readonly Attempt[], from: Standing, newEntryId: () => string): Candidate[] {
  const chain: Candidate[] = [];
  let before = from;
  for (const attempt of queue.slice(0, LONGEST_CHAIN)) {
    const decision = attempt.request.decide(before.state);
    if (!decision.ok || decision.value.length === 0) break;
    const item = projectedOf(
      entryOf(newEntryId(), attempt.request, before.state, decision.value),
      before.state,
    );
    chain.push({ attempt, item, before });
    before = after(before, item);
  }
  return chain;
}

/** The standing that an entry makes. */
export function after(
  { cursors }: Standing,
  { entry, state, readBy: reader }: Projected,
): Standing<ExistingConversation> {
  if (reader === null) return { state, cursors };
  return { state, cursors: { ...cursors, [reader]: Math.max(entry.seq, cursors[reader] ?? 0) } };
}

function entryOf(
  id: string,
  request: AppendRequest,
  state: ConversationState,
  events: LoggedEntry['events'],
): LoggedEntry {
  const { ref, actor, at, origin, commandId, messageId, history } = request;
  const inbox = state.status === 'none' ? request.inbox : { id: state.inboxId, kind: state.inboxKind };
  if (!inbox) throw new Error(`Nobody said in which inbox ${ref.conversationId} is to be opened`);
  return {
    id,
    ...ref,
    inbox,
    seq: seqOf(state) + 1,
    at,
    actor,
    origin,
    events,
    ...(commandId === undefined ? {} : { commandId }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(history ? { history } : {}),
  };
}
