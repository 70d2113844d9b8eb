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
