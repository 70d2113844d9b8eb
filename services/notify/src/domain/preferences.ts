import type { Notification } from '@partyline/contracts';

export interface Preferences {
  /** Per inbox id; absent: yes. */
  readonly unassigned: Readonly<Record<string, boolean>>;
  readonly push: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = { unassigned: {}, push: true };

/** One's own conversations and hand-overs are always told; new Unassigned activity as the person likes it. */
export function wants(preferences: Preferences, kind: Notification['kind'], inboxId: string): boolean {
  return kind !== 'unassigned' || preferences.unassigned[inboxId] !== false;
}
