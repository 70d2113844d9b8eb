import { normalizeAddress } from './address.js';
import type { OpenAccount } from './carrier.js';

/**
 * The number that a text came to, for carriers that do not always say it: what the payload says, else `settings.number`,
 * else the account's id, by which the text still lands, where texts to unknown numbers do.
 */
export function ourNumber(said: string | null | undefined, account: OpenAccount): string {
  return normalizeAddress(said ?? '') ?? normalizeAddress(account.settings['number'] ?? '') ?? account.id;
}
