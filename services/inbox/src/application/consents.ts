import type { ConsentSource } from '@partyline/contracts';
import type { KnownOptOut } from '../domain/commands.js';

/** What was last said on texts from one of our numbers to a customer. */
export interface Consent {
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly state: 'opted_out' | 'opted_in';
  readonly keyword: string;
  /** When it was said, ISO 8601: the latest word stands, in whatever order words arrive. */
  readonly at: string;
  readonly source: ConsentSource;
  /** Who of our people wrote it down. */
  readonly by: { readonly id: string; readonly name: string } | null;
}

export interface ConsentPage {
  readonly items: readonly Consent[];
  readonly nextCursor: string | null;
}

/** Consent is between a number and a peer, in whatever inbox they meet. */
export abstract class Consents {
  /** Remembers it unless a later word is known, and gives the word that stands. */
  abstract record(consent: Consent): Promise<Consent>;
  /** Every word that stands, of all tenants. */
  abstract all(): AsyncIterable<Consent>;
  /** Newest first; `q`: how the peer begins. Throws InvalidCursor. */
  abstract list(query: {
    readonly tenantId: string;
    readonly state: Consent['state'];
    readonly q: string | undefined;
    readonly cursor: string | undefined;
    readonly limit: number;
  }): Promise<ConsentPage>;
  /** From whichever of our numbers these opted out. */
  abstract optOutsOf(tenantId: string, peers: readonly string[]): Promise<Consent[]>;
  /** Who of these opted out of texts from this number. */
  abstract optOuts(tenantId: string, number: string, peers: readonly string[]): Promise<KnownOptOut[]>;
}
