import type { z } from 'zod';
import type { availabilitySchema, Permission } from '@partyline/contracts';

export type Availability = z.infer<typeof availabilitySchema>;

export interface Tenant {
  readonly id: string;
  readonly name: string;
}

export interface Role {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Came with the installation; it can be changed but not removed. */
  readonly ready: boolean;
}

export interface User {
  readonly tenantId: string;
  readonly id: string;
  /** Lower case; unique over the whole installation, because sign-in knows nothing but it. */
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly active: boolean;
  readonly availability: Availability;
  /** ISO 8601: available again by themselves then; null: when they say so. */
  readonly awayUntil: string | null;
  /** +1 with every change of what others are told about this user, their role's permissions included. */
  readonly revision: number;
}

/** Who sends a request, as known now: not as it was when they signed in. */
export interface Principal {
  readonly tenantId: string;
  readonly userId: string;
  readonly name: string;
  /** For a machine: {@link KEY_SESSION} and the hash of its key's secret. */
  readonly sessionId: string;
  readonly permissions: readonly Permission[];
}

/** What the session's id of a machine begins with. */
export const KEY_SESSION = 'key ';
export const isMachine = ({ sessionId }: Pick<Principal, 'sessionId'>): boolean =>
  sessionId.startsWith(KEY_SESSION);
