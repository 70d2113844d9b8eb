import type { Account } from './account.js';

/** An Admin has what arrives for an account recorded, for a while. */
export interface Recording {
  readonly id: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly until: Date;
  readonly mostRequests: number;
  /** How many requests it has kept. */
  readonly kept: number;
}

export const isOn = ({ until, kept, mostRequests }: Recording, now: Date): boolean =>
  until > now && kept < mostRequests;

export const isRecorded = ({ recording }: Pick<Account, 'recording'>, now: Date): boolean =>
  recording !== undefined && isOn(recording, now);

/** Of a longer number the end is enough to know it by, however its beginning is written. */
const MARK_DIGITS = 8;
const MOST_MARKS = 500;

/**
 * What phone numbers in a text can be found by again: the last digits of whatever could be one, also of
 * `(212) 555-0101`. Other numbers are among these; they do no harm.
 */
export function phoneMarks(text: string): string[] {
  const found = new Set<string>();
  for (const pattern of [/\d{7,15}/g, /\d[\d ().-]{5,25}\d/g]) {
    for (const [written] of text.matchAll(pattern)) {
      const digits = written.replace(/\D/g, '');
      if (digits.length >= 7 && digits.length <= 15) found.add(digits.slice(-MARK_DIGITS));
      if (found.size >= MOST_MARKS) return [...found];
    }
  }
  return [...found];
}
