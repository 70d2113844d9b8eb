import type { DeliveryStatus } from '@partyline/carriers';
import type { Attempt } from './attempt.js';
import { announcementDelayMs } from './backoff.js';
import { isForward } from '@partyline/contracts';

/** For how long a status is announced again when the inbox service never shows it. */
const STOP_AFTER_MS = 7 * 24 * 3_600_000;

/** The attempt when its status is being published once more. */
export function announced(attempt: Attempt, now: Date): Attempt {
  const announcements = attempt.announcements + 1;
  const gone = now.getTime() - attempt.statusAt.getTime() >= STOP_AFTER_MS;
  return {
    ...attempt,
    announcements,
    unlanded: attempt.unlanded && !gone,
    announceAt: new Date(now.getTime() + announcementDelayMs(announcements)),
  };
}

/** The attempt when the conversation shows `shown`; `current`: what its reply has come to with all its recipients. */
export function landed(attempt: Attempt, shown: DeliveryStatus, current: DeliveryStatus): Attempt | null {
  const known = attempt.landedStatus ?? 'queued';
  const landedStatus = isForward(known, shown) ? shown : known;
  const unlanded = attempt.unlanded && isForward(landedStatus, current);
  const changed = landedStatus !== attempt.landedStatus || unlanded !== attempt.unlanded;
  return changed ? { ...attempt, landedStatus, unlanded } : null;
}
