import type { AutoAssign, InboxDefinition } from '@partyline/contracts';

/** An inbox with what an Admin may set on it. */
export type InboxRecord = InboxDefinition & { readonly revision: number };
export type InboxPolicies = Partial<Pick<InboxDefinition, 'returnWhenAway' | 'autoAssign'>>;

export type RuleChoice = AutoAssign['rule'] | 'off';

export const RULES: Readonly<Record<RuleChoice, string>> = {
  off: 'Whoever takes them',
  round_robin: 'Members in turn',
  least_busy: 'Who has the fewest open',
};

/** What a team usually begins with; more is too much to answer at once. */
const FIRST_LIMIT = 10;
const HIGHEST_LIMIT = 99;

/** The policy of a choice; the limit stays through a change of the rule. */
export const policyOf = (choice: RuleChoice, before: AutoAssign | null): AutoAssign | null =>
  choice === 'off' ? null : { rule: choice, limit: before?.limit ?? FIRST_LIMIT };

/** A limit as it was typed; null: it is none. */
export function limitOf(typed: string): number | null {
  const limit = Number(typed);
  return typed.trim() !== '' && Number.isInteger(limit) && limit >= 1 && limit <= HIGHEST_LIMIT
    ? limit
    : null;
}
