import type { Alert } from '../domain/alert.js';

/** What wakes us when an alert is due. Best effort: lost timers are set again by the sweep. Nothing here rejects. */
export abstract class AlertTimers {
  /** Setting one that is set already changes nothing. */
  abstract set(alerts: readonly Alert[]): Promise<void>;
  abstract clear(ids: readonly string[]): Promise<void>;
}
