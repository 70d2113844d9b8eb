import { Injectable } from '@nestjs/common';
import { DEFAULT_PREFERENCES, type Preferences } from '../domain/preferences.js';
import { PreferencesStore } from './preferences-store.js';

@Injectable()
export class FindPreferences {
  constructor(private readonly store: PreferencesStore) {}

  async execute(tenantId: string, userId: string): Promise<Preferences> {
    return (await this.store.find(tenantId, [userId])).get(userId) ?? DEFAULT_PREFERENCES;
  }
}
