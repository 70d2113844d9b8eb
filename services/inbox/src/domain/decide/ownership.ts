import { fail, ok } from '@partyline/kernel';
import type { Assign, AutoAssignTo, Claim, Release, Return, Transfer } from '../commands.js';
import type { ConversationState } from '../conversation.js';
import { refuse } from '../errors.js';
import { canOwn, personOf, type Surroundings } from '../inbox.js';
import { mayAssign, mayClaim, mayReturn, mayTransfer, owns } from '../permissions.js';
import { assigned, newOwner, NOTHING_TO_DO, staleness, type Case, type Decision } from './decision.js';

/** Row 4, and row 5 where an Admin takes another's. The first of two claims wins; one's own repeat changes nothing. */
export function decideClaim(at: Case, command: Claim): Decision {
  const refusal = mayClaim(at);
  if (refusal) return fail(refusal);
  if (owns(at)) return NOTHING_TO_DO;
  if (!at.state.owner) return ok([assigned(personOf(at.viewer), 'claim')]);
  const stale = staleness(at.state, command.expectedEpoch);
  return stale ? fail(stale) : ok([assigned(personOf(at.viewer), 'admin')]);
}

/** Row 5. */
export function decideAssign(at: Case, command: Assign): Decision {
  const refusal = mayAssign(at);
  if (refusal) return fail(refusal);
  if (at.state.owner?.id === command.to) return NOTHING_TO_DO;
  const stale = staleness(at.state, command.expectedEpoch);
  if (stale) return fail(stale);
  const target = newOwner(at.around, command.to);
  return target.ok ? ok([assigned(target.value, 'admin')]) : target;
}

/** Row 6: straight to the colleague, never through Unassigned. */
export function decideTransfer(at: Case, command: Transfer): Decision {
  const refusal = staleness(at.state, command.expectedEpoch) ?? mayTransfer(at);
  if (refusal) return fail(refusal);
  if (command.to === at.viewer.id) {
    return fail(refuse('VALIDATION', 'It is yours already: choose a colleague to transfer it to.'));
  }
  const target = newOwner(at.around, command.to);
  if (!target.ok) return target;
  return ok([{ type: 'conversation.transferred', data: { from: personOf(at.viewer), to: target.value } }]);
}

/** Row 7. */
export function decideReturn(at: Case, command: Return): Decision {
  const refusal = staleness(at.state, command.expectedEpoch) ?? mayReturn(at);
  if (refusal) return fail(refusal);
  const { owner } = at.state;
  return owner
    ? ok([{ type: 'conversation.returned', data: { from: owner, cause: 'returned' } }])
    : NOTHING_TO_DO;
}

/** Row 12. What is one person's alone stays theirs. */
export function decideRelease(state: ConversationState, command: Release): Decision {
  if (state.status !== 'open' || state.inboxKind !== 'shared') return NOTHING_TO_DO;
  const { owner } = state;
  if (owner?.id !== command.ownerId) return NOTHING_TO_DO;
  return ok([{ type: 'conversation.returned', data: { from: owner, cause: command.cause } }]);
}

/**
 * By the rule of its inbox, where it is still as it was when the inbox's rule chose: whoever was faster keeps it, and who may not have it
 * any more is not given it. The rule then chooses again.
 */
export function decideAutoAssign(
  state: ConversationState,
  { to, rule, expectedEpoch }: AutoAssignTo,
  around: Surroundings,
): Decision {
  if (state.status !== 'open' || state.inboxKind !== 'shared') return NOTHING_TO_DO;
  if (state.owner || state.snoozed || state.epoch !== expectedEpoch) return NOTHING_TO_DO;
  const member = around.people.get(to);
  if (!canOwn(member, around.inbox) || member.availability !== 'available') return NOTHING_TO_DO;
  return ok([{ type: 'conversation.assigned', data: { owner: personOf(member), cause: 'direct', rule } }]);
}
