import type { AutoAssign } from '@partyline/contracts';
import type { ExistingConversation } from './conversation.js';
import { canOwn, type Member, type Surroundings } from './inbox.js';

/** What a rule chooses by: how many open conversations people have in the inbox, and who was given one last. */
export interface Choosing {
  readonly rule: AutoAssign['rule'];
  readonly limit: number;
  /** By user id; absent: none. */
  readonly loads: ReadonlyMap<string, number>;
  readonly lastGiven: string | null;
  /** Somebody who is not to get it. */
  readonly except: string | null;
}

/** Who may be given one at all, whatever they have: members who can answer and are available; by id. */
export const givable = ({ inbox, people }: Surroundings): readonly Member[] =>
  [...inbox.memberIds]
    .sort()
    .map((id) => people.get(id))
    .filter((member) => canOwn(member, inbox))
    .filter(({ availability }) => availability === 'available');

/**
 * Whom the rule gives the next conversation; null: nobody has room. In turn: whoever comes after the last one, by id.
 * Least busy: who has the fewest, and of equals whose turn it is.
 */
export function choose(members: readonly Member[], choosing: Choosing): Member | null {
  const { rule, limit, loads, lastGiven, except } = choosing;
  const load = ({ id }: Member) => loads.get(id) ?? 0;
  const free = members.filter((member) => member.id !== except && load(member) < limit);
  const turn = lastGiven === null ? 0 : free.findIndex(({ id }) => id > lastGiven);
  const inTurn = turn > 0 ? [...free.slice(turn), ...free.slice(0, turn)] : free;
  if (rule === 'round_robin') return inTurn[0] ?? null;
  return inTurn.reduce<Member | null>(
    (best, member) => (best === null || load(member) < load(best) ? member : best),
    null,
  );
}

/** Who returned it by hand does not get it straight back. */
export function returnedBy({ status, owner, lastOwner, changedBy }: ExistingConversation): string | null {
  const byHand = status === 'open' && owner === null && changedBy !== null;
  return byHand && changedBy.id === lastOwner?.id ? changedBy.id : null;
}
