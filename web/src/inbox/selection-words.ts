import type { BulkAnswer } from '@partyline/contracts';
import type { ManyAction } from '../live/change-many.js';

const DONE: Record<ManyAction, string> = {
  assign: 'assigned to you',
  return: 'returned to the inbox',
  done: 'marked as done',
  reopen: 'reopened',
  tag: 'tagged',
  untag: 'not tagged any more',
};

/** What became of them, in a sentence or two: how many, and each reason once for those that were refused. */
export function manyWords(action: ManyAction, results: BulkAnswer['results']): string {
  const reasons = new Map<string, number>();
  for (const result of results) {
    if (!result.ok) reasons.set(result.problem.detail, (reasons.get(result.problem.detail) ?? 0) + 1);
  }
  const refused = [...reasons.values()].reduce((sum, n) => sum + n, 0);
  const changed = results.length - refused;
  const first = changed > 0 ? [`${changed} ${DONE[action]}.`] : [];
  const others = [...reasons].map(([reason, n]) => `${n} not: ${reason}`);
  return [...first, ...others].join(' ');
}
