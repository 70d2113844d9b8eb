import type { ConversationEvent, Person } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import type { ExistingConversation } from '../conversation.js';
import { refuse, type DomainError } from '../errors.js';
import type { Inbox, Member, Surroundings } from '../inbox.js';
import { canOwn, isOut, personOf } from '../inbox.js';

/** The events that a command amounts to (none: nothing is left to do), or why it is refused. */
export type Decision = Result<readonly ConversationEvent[], DomainError>;

/** A person's command on a conversation that they may see. */
export interface Case {
  readonly state: ExistingConversation;
  readonly viewer: Member;
  readonly inbox: Inbox;
  readonly around: Surroundings;
}

export const NOTHING_TO_DO: Decision = ok([]);

export const assigned = (owner: Person, cause: 'claim' | 'admin' | 'direct'): ConversationEvent => ({
  type: 'conversation.assigned',
  data: { owner, cause },
});

/** The first rule against lost updates: what the person saw has to be what is. */
export function staleness(
  state: ExistingConversation,
  expectedEpoch: number | undefined,
): DomainError | null {
  return expectedEpoch === state.epoch
    ? null
    : refuse('STALE', 'This conversation changed since you saw it. Look at it again, then decide.');
}

/** The person who is to own it, if they are in the group and can answer. */
export function newOwner(around: Surroundings, userId: string): Result<Person, DomainError> {
  const member = around.people.get(userId);
  const name = member?.name ?? 'This person';
  if (canOwn(member, around.inbox)) return ok(personOf(member));
  if (member && isOut(member, around.inbox)) {
    return fail(
      refuse(
        'NOT_MEMBER',
        `${name} is out of office, and takes no conversations of ${around.inbox.name} until back.`,
      ),
    );
  }
  return fail(
    refuse(
      'NOT_MEMBER',
      `${name} cannot take conversations of ${around.inbox.name}: not an active member who may reply.`,
    ),
  );
}
