import { DIRECTORY, type DirectoryKind } from '@partyline/contracts';
import type { Migration, RequiredIndex } from '@partyline/mongo';
import { COLLECTIONS } from './collections.js';

/** A session lasts a year at most (sessionMinutes); nobody misses one that nobody wrote in for longer. */
const DIALOGUE_DAYS = 400;
const KINDS = Object.keys(DIRECTORY) as DirectoryKind[];

export const MIGRATIONS: readonly Migration[] = [
  {
    id: '0001-directory',
    async up(db) {
      for (const kind of KINDS) {
        const records = db.collection(COLLECTIONS[kind]);
        await records.createIndex({ tenantId: 1, id: 1 }, { unique: true });
        await records.createIndex(
          { tenantId: 1, unpublished: 1 },
          { partialFilterExpression: { unpublished: true }, name: 'unpublished' },
        );
      }
      await db.collection('people').createIndex({ tenantId: 1, userId: 1 }, { unique: true });
      await db.collection('directoryVersions').createIndex({ tenantId: 1 }, { unique: true });
    },
  },
  {
    id: '0002-menu-sessions',
    async up(db) {
      const sessions = db.collection('menuSessions');
      await sessions.createIndex({ tenantId: 1, number: 1, peer: 1 }, { unique: true });
      await sessions.createIndex({ changedAt: 1 }, { expireAfterSeconds: DIALOGUE_DAYS * 86_400 });
    },
  },
];

export const REQUIRED_INDEXES: readonly RequiredIndex[] = [
  ...KINDS.map(
    (kind) => ({ collection: COLLECTIONS[kind], key: { tenantId: 1, id: 1 }, unique: true }) as const,
  ),
  { collection: 'people', key: { tenantId: 1, userId: 1 }, unique: true },
  { collection: 'directoryVersions', key: { tenantId: 1 }, unique: true },
  { collection: 'menuSessions', key: { tenantId: 1, number: 1, peer: 1 }, unique: true },
];
