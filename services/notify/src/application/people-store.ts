import type { Person } from '../domain/person.js';

export interface PersonChange {
  readonly tenantId: string;
  readonly revision: number;
  readonly person: Person;
}

export abstract class PeopleStore {
  /** Keeps what is newer than what it holds; the order of the changes does not matter. */
  abstract apply(changes: readonly PersonChange[]): Promise<void>;
  abstract find(tenantId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  abstract active(tenantId: string): Promise<readonly Person[]>;
}
