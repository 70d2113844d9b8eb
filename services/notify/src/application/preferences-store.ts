import type { Preferences } from '../domain/preferences.js';

export abstract class PreferencesStore {
  /** By user id; absent: the defaults. */
  abstract find(tenantId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Preferences>>;
  abstract set(tenantId: string, userId: string, preferences: Preferences): Promise<void>;
}
