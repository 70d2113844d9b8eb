import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import type { Preferences } from '../domain/preferences.js';
import { PreferencesStore } from './preferences-store.js';

/** More inboxes than anybody has; keeps one document small. */
const MOST_INBOXES = 1000;

@Injectable()
export class ReplacePreferences {
  constructor(private readonly store: PreferencesStore) {}

  async execute(
    tenantId: string,
    userId: string,
    preferences: Preferences,
  ): Promise<Result<Preferences, Refusal>> {
    if (Object.keys(preferences.unassigned).length > MOST_INBOXES) {
      const message = `At most ${MOST_INBOXES} inboxes can be set.`;
      return fail({ code: 'VALIDATION', message, issues: [{ path: 'preferences.unassigned', message }] });
    }
    await this.store.set(tenantId, userId, preferences);
    return ok(preferences);
  }
}
