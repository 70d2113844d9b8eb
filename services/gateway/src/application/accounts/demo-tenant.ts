import type { Tenant, User } from '../../domain/account.js';

/** The tenant that everybody can try. Its password stands in the README, so production refuses to start with it. */
export const DEMO_TENANT: Tenant = { id: 'demo', name: 'Demo Company' };
export const DEMO_PASSWORD = 'partyline';
export const DEMO_USERS: readonly Pick<User, 'id' | 'email' | 'name' | 'roleId'>[] = [
  { id: 'ada', email: 'ada@example.com', name: 'Ada Lovelace', roleId: 'admin' },
  { id: 'ben', email: 'ben@example.com', name: 'Ben Ortiz', roleId: 'member' },
  { id: 'cleo', email: 'cleo@example.com', name: 'Cleo Park', roleId: 'member' },
  { id: 'dev', email: 'dev@example.com', name: 'Dev Patel', roleId: 'member' },
];
