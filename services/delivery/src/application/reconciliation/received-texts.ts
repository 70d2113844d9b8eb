import type { CarrierMessage } from '@partyline/carriers';
import type { CarrierLogin } from './reconciliation-store.js';

/** Customers' texts as ingest keeps them. Every method throws when ingest cannot be asked. */
export abstract class ReceivedTexts {
  /** Every login at a carrier whose log can be read. */
  abstract logins(): Promise<CarrierLogin[]>;
  /** Of these provider ids, those that never came in. */
  abstract missing(login: CarrierLogin, providerMessageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes texts the way of a webhook; durable when it resolves. */
  abstract take(login: CarrierLogin, texts: readonly CarrierMessage[]): Promise<void>;
}
