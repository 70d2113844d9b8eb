import type { Refusal } from '@partyline/contracts';
import { fail } from '@partyline/kernel';

export const notFound = (id: string) =>
  fail<Refusal>({ code: 'NOT_FOUND', message: `There is no carrier account "${id}".` });

export const stale = () =>
  fail<Refusal>({
    code: 'STALE',
    message: 'Somebody else changed this account meanwhile. Look at what it says now, then change it again.',
  });

export const invalid = (path: string, message: string) =>
  fail<Refusal>({ code: 'VALIDATION', message, issues: [{ path, message }] });
