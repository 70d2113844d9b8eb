import type { Permission } from '@partyline/contracts';
import type { ApiKey } from '../../domain/api-key.js';
import type { Role, Tenant, User } from '../../domain/account.js';
import type { RevokeReason } from '../sessions/sessions.js';

export interface UserWithPassword {
  readonly user: User;
  readonly passwordHash: string;
}

export interface NewUser extends Omit<User, 'revision'> {
  readonly passwordHash: string;
}

export type UserPatch = Partial<
  Pick<User, 'name' | 'email' | 'roleId' | 'active' | 'availability' | 'awayUntil'>
> & {
  readonly passwordHash?: string;
};

/** A user with what their role allows: what the other services are told. */
export interface UserToPublish {
  readonly user: User;
  readonly permissions: readonly Permission[];
  /** There where others may have been told of this revision before, and are to hear it all the same. */
  readonly again?: string;
}

/** What a change of accounts may do; all of it happens, or none. */
export interface AccountsChange {
  user(id: string): Promise<User | null>;
  role(id: string): Promise<Role | null>;
  roles(): Promise<Role[]>;
  /** Who is active, and in which role. */
  activeUsers(): Promise<Pick<User, 'active' | 'roleId'>[]>;
  countUsersOfRole(roleId: string): Promise<number>;
  /** Throws Refused IN_USE where the email belongs to somebody of this installation. */
  insertUser(user: NewUser): Promise<User>;
  /** Raises the user's revision. */
  updateUser(id: string, patch: UserPatch): Promise<User>;
  insertRole(role: Role): Promise<void>;
  /** Raises the revision of every user of the role. */
  updateRole(id: string, patch: Partial<Pick<Role, 'name' | 'permissions'>>): Promise<Role>;
  removeRole(id: string): Promise<void>;
  apiKey(id: string): Promise<ApiKey | null>;
  insertApiKey(key: ApiKey): Promise<void>;
  /** From now on this secret holds, and the one before does not. */
  replaceApiKeySecret(id: string, hash: string): Promise<void>;
  /** null: there is no such key. One that was revoked already stays as it is. */
  revokeApiKey(id: string, now: Date): Promise<ApiKey | null>;
  /** Ends what sessions somebody has, all or all but one. */
  endSessions(userId: string, reason: RevokeReason, now: Date, exceptSessionId?: string): Promise<void>;
}

/** Tenants, roles and users. Everything but finding somebody by email needs the tenant. */
export abstract class Accounts {
  abstract tenant(tenantId: string): Promise<Tenant | null>;
  abstract userByEmail(email: string): Promise<UserWithPassword | null>;
  abstract user(tenantId: string, userId: string): Promise<UserWithPassword | null>;
  /** Of all tenants, whose absence ended at `now` (ISO 8601) or before. */
  abstract dueBack(now: string): Promise<Pick<User, 'tenantId' | 'id'>[]>;
  /** By name. */
  abstract users(tenantId: string): Promise<User[]>;
  abstract role(tenantId: string, roleId: string): Promise<Role | null>;
  abstract roles(tenantId: string): Promise<Role[]>;
  /** Changes of one tenant happen one after another, so that a rule about all of its users holds. */
  abstract change<T>(tenantId: string, work: (change: AccountsChange) => Promise<T>): Promise<T>;
  /** Whether the installation has no user yet. */
  abstract isEmpty(): Promise<boolean>;
  /** Creates the tenant where it is not there. */
  abstract ensureTenant(tenant: Tenant): Promise<void>;
}

/** The outbox of users: whoever has a revision that was not published yet. */
export abstract class UserOutbox {
  abstract pending(limit: number): Promise<UserToPublish[]>;
  /** Only where the revision is still this one. */
  abstract markPublished(users: readonly User[]): Promise<void>;
  /** Everybody again; `again` tells this time from others. */
  abstract reopenAll(again: string): Promise<void>;
}
