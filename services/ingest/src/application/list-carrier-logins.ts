import { Injectable } from '@nestjs/common';
import { findCarrier } from '@partyline/carriers';
import { AccountStore } from './account-store.js';

/** A login at a carrier, by which its log of messages is read. */
export interface CarrierLogin {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
  /** Further accounts with the same login. */
  readonly sharedWith: readonly string[];
  /** When the first of them was made; null: before that was kept. */
  readonly since: Date | null;
}

/** One entry per login, however many accounts have it: its log lists the texts of all of them. */
@Injectable()
export class ListCarrierLogins {
  constructor(private readonly store: AccountStore) {}

  async execute(): Promise<CarrierLogin[]> {
    const logins = new Map<string, CarrierLogin>();
    for (const { id, tenantId, carrier, settings, createdAt = null } of await this.store.active()) {
      const log = findCarrier(carrier)?.log;
      if (!log) continue;
      const key = JSON.stringify([tenantId, carrier, log.login(settings)]);
      const known = logins.get(key);
      logins.set(
        key,
        known
          ? { ...known, sharedWith: [...known.sharedWith, id], since: earlier(known.since, createdAt) }
          : { tenantId, carrier, accountId: id, sharedWith: [], since: createdAt },
      );
    }
    return [...logins.values()];
  }
}

const earlier = (a: Date | null, b: Date | null): Date | null =>
  a === null || b === null ? null : a < b ? a : b;
