import type { ConversationEvent } from '@partyline/contracts';
import { fail, ok } from '@partyline/kernel';
import type { Snooze, Wake, WakeDue } from '../commands.js';
import type { ConversationState } from '../conversation.js';
import { refuse, type DomainError } from '../errors.js';
import { maySnooze } from '../permissions.js';
import { NOTHING_TO_DO, staleness, type Case, type Decision } from './decision.js';

const LONGEST_MS = 366 * 86_400_000;

/** Row 15: out of the active lists, by who has seen the customer's last word. */
export function decideSnooze(at: Case, command: Snooze): Decision {
  const refusal =
    staleness(at.state, command.expectedEpoch) ?? maySnooze(at) ?? unseen(at, command) ?? badTime(command);
  return refusal ? fail(refusal) : ok([{ type: 'conversation.snoozed', data: { until: command.until } }]);
}

/** Row 16 by hand. */
export function decideWake(at: Case, command: Wake): Decision {
  if (at.state.status === 'open' && !at.state.snoozed) return NOTHING_TO_DO;
  const refusal = staleness(at.state, command.expectedEpoch) ?? maySnooze(at);
  return refusal ? fail(refusal) : ok([woken('person')]);
}

/** Row 16 by time. Asked again after a crash, it decides the same, once. */
export function decideWakeDue(state: ConversationState, { now }: WakeDue): Decision {
  if (state.status !== 'open' || !state.snoozed) return NOTHING_TO_DO;
  const { until } = state.snoozed;
  return until !== null && until <= now ? ok([woken('time')]) : NOTHING_TO_DO;
}

export const woken = (cause: 'time' | 'message' | 'person'): ConversationEvent => ({
  type: 'conversation.woken',
  data: { cause },
});

function unseen({ state }: Case, { seenSeq }: Snooze): DomainError | null {
  return seenSeq >= state.lastInboundSeq
    ? null
    : refuse('NEW_ACTIVITY', 'The customer wrote again. Read it before you snooze this.');
}

function badTime({ until, now }: Snooze): DomainError | null {
  if (until === null) return null;
  const length = Date.parse(until) - Date.parse(now);
  if (length > 0 && length <= LONGEST_MS) return null;
  return refuse('VALIDATION', 'Choose a time that is yet to come, at most a year from now.');
}
