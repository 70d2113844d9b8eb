import type { ConversationEvent } from '@partyline/contracts';
import { fail, ok } from '@partyline/kernel';
import type { CloseMenu, Complete, Reopen } from '../commands.js';
import type { ConversationState } from '../conversation.js';
import { refuse } from '../errors.js';
import { isAdmin, soleMember } from '../inbox.js';
import { mayComplete, mayReopen } from '../permissions.js';
import { newOwner, staleness, type Case, type Decision, NOTHING_TO_DO } from './decision.js';
import { decideAssign, decideClaim } from './ownership.js';

/** Rows 8 and 9: only by who has seen the customer's last word. */
export function decideComplete(at: Case, command: Complete): Decision {
  const refusal = staleness(at.state, command.expectedEpoch) ?? mayComplete(at);
  if (refusal) return fail(refusal);
  if (command.seenSeq < at.state.lastInboundSeq) {
    return fail(refuse('NEW_ACTIVITY', 'The customer wrote again. Read it before you mark this as done.'));
  }
  return ok([{ type: 'conversation.done', data: { cause: 'done' } }]);
}

/** Row 10. Where the customer's own text came first and opened it, reopening turns into taking it. */
export function decideReopen(at: Case, command: Reopen): Decision {
  const { viewer } = at;
  const forAnother = command.to !== undefined && command.to !== viewer.id;
  if (forAnother && !isAdmin(viewer)) {
    return fail(refuse('FORBIDDEN', 'Only an Admin can reopen a conversation for somebody else.'));
  }
  const to = command.to ?? viewer.id;
  if (at.state.status === 'open') {
    const { by, expectedEpoch } = command;
    if (at.state.inboxKind === 'everyone') return NOTHING_TO_DO;
    return forAnother
      ? decideAssign(at, { type: 'assign', by, to, expectedEpoch })
      : decideClaim(at, { type: 'claim', by, expectedEpoch });
  }
  if (at.state.inboxKind !== 'shared') {
    const refusal = mayReopen(at);
    return refusal ? fail(refusal) : ok([reopened('manual', soleMember(at.around))]);
  }
  const refusal = forAnother ? null : mayReopen(at);
  if (refusal) return fail(refusal);
  const owner = newOwner(at.around, to);
  return owner.ok ? ok([reopened('manual', owner.value)]) : owner;
}

export const reopened = (
  cause: 'inbound' | 'manual' | 'outbound',
  owner: { id: string; name: string } | null,
): ConversationEvent => ({ type: 'conversation.reopened', data: { cause, owner } });

/** The customer left the menu: nobody has to take its dialogue, unless somebody did or they wrote there again. */
export function decideCloseMenu(state: ConversationState, command: CloseMenu): Decision {
  if (state.status !== 'open' || state.owner) return NOTHING_TO_DO;
  if (state.lastInboundAt !== null && state.lastInboundAt > command.chosenAt) return NOTHING_TO_DO;
  return ok([{ type: 'conversation.done', data: { cause: 'menu' } }]);
}
