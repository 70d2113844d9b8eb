import type { Cost, SendOutcome } from '@partyline/carriers';
import type { Attempt } from '../domain/attempt.js';
import type { SendFacts } from '../domain/sending.js';

/** A way to send this attempt, or why there is none now. */
export type CarrierLine =
  | {
      readonly kind: 'ready';
      /** How many texts a second the account may send; absent: as many as there are. */
      readonly perSecond?: number;
      /** What it will cost, as far as prices are known; absent: none is. */
      costOf?(attempt: Attempt): Cost | null;
      /** Hands it over once. Never throws. */
      send(attempt: Attempt, at: Date): Promise<SendOutcome>;
    }
  | Exclude<SendFacts['account'], { readonly kind: 'ready' }>;

/** The carriers' send APIs, by the accounts that ingest owns. */
export abstract class CarrierGateway {
  abstract lineFor(tenantId: string, carrier: string, accountId: string): Promise<CarrierLine>;
}
