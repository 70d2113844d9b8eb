import type { Connection, mongo } from 'mongoose';
import type { Permission } from '@partyline/contracts';
import type { ApiKey } from '../../domain/api-key.js';
import type { EndedAct } from '../../domain/act.js';
import type { Role, Tenant, User } from '../../domain/account.js';
import type { RevokeReason } from '../../application/sessions/sessions.js';

export interface TenantDocument {
  readonly _id: string;
  readonly name: string;
  /** +1 with every change of its accounts: what makes two of them wait for each other. */
  readonly changes: number;
}

export interface UserDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly active: boolean;
  readonly availability: User['availability'];
  /** Absent in documents from before one could say until when. */
  readonly awayUntil?: User['awayUntil'];
  readonly passwordHash: string;
  readonly revision: number;
  readonly publishedRevision: number;
  /** Whether publishedRevision is behind, as an index can find it. */
  readonly unpublished: boolean;
  /** Why others are told again of what they were told before. */
  readonly again?: string;
  /** Only of a machine, which signs in with a key and has no password. */
  readonly machine?: Omit<ApiKey, 'tenantId' | 'id' | 'name' | 'scopes'> & { readonly scopes: Permission[] };
}

/** A user who is a person. */
export const PERSON = { machine: { $exists: false } } as const;

export interface RoleDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
  readonly ready: boolean;
}

export interface SessionDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly userId: string;
  readonly generation: number;
  readonly rotatedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedBecause: RevokeReason | null;
}

/** `given`: as JSON, because field names of requests are not ours. */
export type ActDocument = Omit<EndedAct, 'given'> & { readonly given: string };

export interface Collections {
  readonly tenants: mongo.Collection<TenantDocument>;
  readonly users: mongo.Collection<UserDocument>;
  readonly roles: mongo.Collection<RoleDocument>;
  readonly sessions: mongo.Collection<SessionDocument>;
  readonly acts: mongo.Collection<ActDocument>;
}

export function collectionsOf(connection: Connection): Collections {
  const db = connection.getClient().db(connection.name);
  return {
    tenants: db.collection('tenants'),
    users: db.collection('users'),
    roles: db.collection('roles'),
    sessions: db.collection('sessions'),
    acts: db.collection('acts'),
  };
}

export const toTenant = ({ _id, name }: TenantDocument): Tenant => ({ id: _id, name });

export const toUser = (found: UserDocument): User => ({
  tenantId: found.tenantId,
  id: found.id,
  email: found.email,
  name: found.name,
  roleId: found.roleId,
  active: found.active,
  availability: found.availability,
  awayUntil: found.awayUntil ?? null,
  revision: found.revision,
});

export const toRole = ({ tenantId, id, name, permissions, ready }: RoleDocument): Role => ({
  tenantId,
  id,
  name,
  permissions,
  ready,
});

export function toApiKey({ tenantId, id, name, machine }: UserDocument): ApiKey | null {
  return machine ? { tenantId, id, name, ...machine } : null;
}

/** The user that a machine acts as. Its role is its own; nobody can sign in by its address. */
export function userOfKey({ tenantId, id, name, scopes, ...rest }: ApiKey): UserDocument {
  return {
    tenantId,
    id,
    email: `${id.toLowerCase()}@${tenantId.toLowerCase()}.key.invalid`,
    name,
    roleId: API_KEY_ROLE,
    active: true,
    availability: 'out_of_office',
    passwordHash: '',
    revision: 1,
    publishedRevision: 0,
    unpublished: true,
    machine: { ...rest, scopes: [...scopes] },
  };
}
const API_KEY_ROLE = 'api-key';
