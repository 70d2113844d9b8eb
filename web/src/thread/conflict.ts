import type { Problem } from '@partyline/contracts';

/** What the refused person wanted to do. */
export type Wanted =
  | 'claim'
  | 'assign'
  | 'transfer'
  | 'return'
  | 'done'
  | 'reopen'
  | 'snooze'
  | 'wake'
  | 'reply'
  | 'note';

export interface ConflictWords {
  readonly text: string;
  /** Somebody else was first, so looking at it and going on to the next are what is left. */
  readonly taken: boolean;
  /** The same command may be given again, now that the state is known. */
  readonly again: boolean;
}

/** A refusal in one sentence that names who and when, where the server says so. */
export function conflictWords(problem: Problem, wanted: Wanted, ago: (at: string) => string): ConflictWords {
  const who = problem.by?.name ?? null;
  const when = problem.at ? ` ${ago(problem.at)}` : '';
  const kept = wanted === 'reply' ? ' Your text is kept.' : '';
  const owner = problem.conversation?.owner?.name ?? null;
  switch (problem.code) {
    case 'ASSIGNED_TO_OTHER':
      return { text: `${owner ?? who ?? 'Somebody'} took this${when}.${kept}`, taken: true, again: false };
    case 'NOT_OWNER':
      return {
        text: owner
          ? `This is with ${owner} now${by(who, owner, when)}.${kept}`
          : `This is not assigned to you any more${who ? `: ${who} changed it${when}` : ''}.${kept}`,
        taken: owner !== null,
        again: false,
      };
    case 'STALE': {
      const now = problem.conversation
        ? problem.conversation.status === 'done'
          ? ' It is done now.'
          : owner
            ? ` It is with ${owner} now.`
            : ' It is unassigned now.'
        : '';
      return { text: `${who ?? 'Somebody'} changed this${when}.${now}${kept}`, taken: false, again: true };
    }
    case 'NEW_ACTIVITY':
      return {
        text: `The customer wrote again. ${wanted === 'reply' ? 'Nothing was sent' : 'It stays open'}: read it first.${kept}`,
        taken: false,
        again: false,
      };
    case 'DONE':
      return { text: `${who ?? 'Somebody'} marked this as done${when}.${kept}`, taken: false, again: false };
    default:
      return { text: `${problem.detail}${kept}`, taken: false, again: false };
  }
}

function by(who: string | null, owner: string, when: string): string {
  return who && who !== owner ? `: ${who} assigned it${when}` : when ? ` (${when.trim()})` : '';
}
