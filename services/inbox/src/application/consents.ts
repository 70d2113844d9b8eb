import type { KnownOptOut } from '../domain/commands.js';

/** What a customer last said on texts from one of our numbers. */
export interface Consent {
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly state: 'opted_out' | 'opted_in';
  readonly keyword: string;
  /** When the customer said so, ISO 8601: the latest word stands, in whatever order words arrive. */
  readonly at: string;
}

/** Consent is between a number and a peer, in whatever inbox they meet. */
export abstract class Consents {
  /** Remembers it unless a later word is known, and gives the word that stands. */
  abstract record(consent: Consent): Promise<Consent>;
  /** Every word that stands, of all tenants. */
  abstract all(): AsyncIterable<Consent>;
  /** From whichever of our numbers these opted out. */
  abstract optOutsOf(tenantId: string, peers: readonly string[]): Promise<Consent[]>;
  /** Who of these opted out of texts from this number. */
  abstract optOuts(tenantId: string, number: string, peers: readonly string[]): Promise<KnownOptOut[]>;
}
