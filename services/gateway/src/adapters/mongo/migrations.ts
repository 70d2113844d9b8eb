import type { Migration, RequiredIndex } from '@partyline/mongo';

export const MIGRATIONS: readonly Migration[] = [
  {
    id: '0001-accounts-and-sessions',
    up: async (db) => {
      await db.collection('users').createIndexes([
        // Without the tenant on purpose: signing in knows nothing but the email.
        { key: { email: 1 }, unique: true, name: 'email' },
        { key: { tenantId: 1, id: 1 }, unique: true, name: 'tenant_user' },
        { key: { tenantId: 1, roleId: 1 }, name: 'tenant_role' },
        {
          key: { tenantId: 1, unpublished: 1 },
          name: 'tenant_unpublished',
          partialFilterExpression: { unpublished: true },
        },
      ]);
      await db.collection('roles').createIndexes([
        { key: { tenantId: 1, id: 1 }, unique: true, name: 'tenant_role' },
        { key: { tenantId: 1, name: 1 }, unique: true, name: 'tenant_name' },
      ]);
      await db.collection('sessions').createIndexes([
        { key: { tenantId: 1, id: 1 }, unique: true, name: 'tenant_session' },
        { key: { tenantId: 1, userId: 1 }, name: 'tenant_user' },
        // Expiry in MongoDB works on an index of one date alone.
        { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
      ]);
      // Made now: a transaction may not wait for a collection to be created.
      await db.createCollection('tenants').catch((error: unknown) => {
        if (!(error instanceof Error && 'codeName' in error && error.codeName === 'NamespaceExists'))
          throw error;
      });
    },
  },
  {
    id: '0002-away-until',
    up: async (db) => {
      await db.collection('users').createIndexes([
        {
          key: { tenantId: 1, awayUntil: 1 },
          name: 'tenant_away_until',
          partialFilterExpression: { awayUntil: { $exists: true } },
        },
      ]);
    },
  },
  {
    id: '0003-acts',
    up: async (db) => {
      await db.collection('acts').createIndexes([
        { key: { tenantId: 1, id: 1 }, unique: true, name: 'tenant_act' },
        { key: { tenantId: 1, at: -1, id: -1 }, name: 'tenant_at' },
        { key: { tenantId: 1, 'actor.id': 1, at: -1, id: -1 }, name: 'tenant_actor_at' },
        { key: { tenantId: 1, type: 1, at: -1, id: -1 }, name: 'tenant_type_at' },
      ]);
    },
  },
];

export const REQUIRED_INDEXES: readonly RequiredIndex[] = [
  { collection: 'users', key: { email: 1 }, unique: true },
  { collection: 'users', key: { tenantId: 1, id: 1 }, unique: true },
  { collection: 'users', key: { tenantId: 1, awayUntil: 1 } },
  { collection: 'roles', key: { tenantId: 1, id: 1 }, unique: true },
  { collection: 'sessions', key: { tenantId: 1, id: 1 }, unique: true },
  { collection: 'acts', key: { tenantId: 1, id: 1 }, unique: true },
];
