import type { AccountRef } from '../domain/account.js';
import type { Signatures } from '../domain/signatures.js';

/** What is known of an account's signatures of late; see `signatureTrouble`. */
export interface SignaturesOf {
  readonly tenantId: string;
  readonly accountId: string;
  /** By tens of minutes since 1970. */
  readonly slots: ReadonlyMap<number, Signatures>;
}

/** When webhooks had signatures that fit, and that do not. Kept in memory and written down every few seconds. */
export abstract class SignatureHistory {
  /** Returns at once. */
  abstract seen(account: Pick<AccountRef, 'tenantId' | 'id'>, fits: boolean, at: Date): void;
  /** Of every tenant, of the last days. */
  abstract all(): Promise<SignaturesOf[]>;
}
