import type { ErrorCode } from '@partyline/contracts';

/** The refusals that a decision about a conversation can end in. */
export type DomainErrorCode = Extract<
  ErrorCode,
  | 'VALIDATION'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'ASSIGNED_TO_OTHER'
  | 'STALE'
  | 'NOT_OWNER'
  | 'NEW_ACTIVITY'
  | 'DONE'
  | 'ALREADY_OPEN'
  | 'OPTED_OUT'
  | 'NOT_MEMBER'
>;

/** Why something was not done: a stable code for clients, a sentence for the person. */
export interface DomainError {
  readonly code: DomainErrorCode;
  readonly message: string;
}

export const refuse = (code: DomainErrorCode, message: string): DomainError => ({ code, message });

export const NOT_FOUND = refuse(
  'NOT_FOUND',
  'There is no such conversation, or it is in an inbox that you are not a member of.',
);

/** Refusals that a change of the conversation caused: the person needs to see what it is now, by whom, and since when. */
const CONFLICTS: ReadonlySet<DomainErrorCode> = new Set<DomainErrorCode>([
  'ASSIGNED_TO_OTHER',
  'STALE',
  'NOT_OWNER',
  'NEW_ACTIVITY',
  'DONE',
  'ALREADY_OPEN',
  'OPTED_OUT',
]);

export const isConflict = (error: DomainError): boolean => CONFLICTS.has(error.code);
