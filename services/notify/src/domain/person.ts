import type { availabilitySchema, Permission } from '@partyline/contracts';
import type { z } from 'zod';

/** A user of the tenant, as the accounts stream tells of them. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly active: boolean;
  /** Absent where it is not known yet. */
  readonly availability?: z.infer<typeof availabilitySchema>;
}

/** Who is away finds everything in the list when they are back; until then no phone rings. */
export const isThere = ({ availability = 'available' }: Person): boolean => availability === 'available';

/** Who only looks on (an Observer) or is gone is not told: there is nothing that they could do about it. */
export function canAct(person: Person): boolean {
  return person.active && (person.permissions.includes('claim') || person.permissions.includes('reply'));
}

/** An Admin of conversations: may give any of them to anybody. */
export function isAdmin(person: Person): boolean {
  return person.active && person.permissions.includes('assignAny');
}

/** May mend numbers and carrier accounts. */
export function managesRouting(person: Person): boolean {
  return person.active && person.permissions.includes('manageRouting');
}

/** May mend what belongs to the company as a whole, like its webhooks. */
export function managesUsers(person: Person): boolean {
  return person.active && person.permissions.includes('manageUsers');
}
