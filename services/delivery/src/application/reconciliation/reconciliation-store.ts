import type { Reconciliation } from '../../domain/reconciliation/reconciliation.js';

export interface CarrierLogin {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly sharedWith: readonly string[];
  /** When the first of its accounts was made. Null or absent: not known. */
  readonly since?: Date | null;
}

/** Where it is kept how far each carrier's log was compared. */
export abstract class ReconciliationStore {
  /** Exactly these logins from now on: new ones are due at once, what is gone is forgotten. */
  abstract keep(logins: readonly CarrierLogin[], now: Date): Promise<void>;
  abstract due(now: Date, limit: number): Promise<Reconciliation[]>;
  /** Everything but what an Admin asks for meanwhile. `answered`: the wish that this pass fulfils. */
  abstract save(state: Reconciliation, answered: number | null): Promise<void>;
  abstract list(tenantId: string): Promise<Reconciliation[]>;
  /** null where the tenant has no such account, by itself or shared. */
  abstract ask(tenantId: string, accountId: string, hours: number, now: Date): Promise<Reconciliation | null>;
}
