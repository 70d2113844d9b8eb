import type { Person } from '../domain/directory.js';

export interface PersonChange {
  readonly tenantId: string;
  readonly revision: number;
  readonly person: Person;
}

/** Users of all tenants, as the accounts stream tells of them. */
export abstract class PeopleStore {
  /** Keeps what is newer than what it holds; the order of the changes does not matter. */
  abstract apply(changes: readonly PersonChange[]): Promise<void>;
}
