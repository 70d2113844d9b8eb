import type { Migration, RequiredIndex } from '@partyline/mongo';

export const ATTEMPTS = 'attempts';
export const CONSENTS = 'consents';
export const RECONCILIATIONS = 'reconciliations';
/** By id alone. */
export const PACES = 'paces';

/** Few attempts are open at a time, so what looks through the open ones of all tenants stays cheap. */
export const OPEN = {
  key: { tenantId: 1, conversationId: 1, seq: 1, index: 1, nextAttemptAt: 1 },
  name: 'open',
} as const;
export const UNLANDED = { key: { tenantId: 1, announceAt: 1 }, name: 'unlanded' } as const;
/** Few outcomes are unknown at a time. */
export const OUTCOME_OPEN = {
  key: { tenantId: 1, carrier: 1, accountId: 1, queuedAt: -1 },
  name: 'outcome_open',
} as const;
const BY_TIME_WITHOUT_COST = {
  tenantId: 1,
  queuedAt: -1,
  accountId: 1,
  carrier: 1,
  status: 1,
  errorClass: 1,
  statusAt: 1,
} as const;
/** How sending goes, and what it costs, is told from it alone. */
export const BY_TIME = { ...BY_TIME_WITHOUT_COST, 'cost.currency': 1, 'cost.millionths': 1 } as const;
const BY_MESSAGE = { tenantId: 1, messageId: 1 } as const;
export const BY_PROVIDER_ID = { tenantId: 1, carrier: 1, accountId: 1, providerMessageId: 1 } as const;
const BY_ACCOUNT = { tenantId: 1, carrier: 1, accountId: 1 } as const;
const BY_NUMBER_AND_PEER = { tenantId: 1, number: 1, peer: 1 } as const;

export const migrations: readonly Migration[] = [
  {
    id: '0001-attempts-and-consents',
    async up(db) {
      await db.collection(ATTEMPTS).createIndexes([
        { key: BY_MESSAGE, name: 'message' },
        {
          key: BY_PROVIDER_ID,
          name: 'provider_id',
          unique: true,
          partialFilterExpression: { providerMessageId: { $type: 'string' } },
        },
        { ...OPEN, partialFilterExpression: { state: { $in: ['queued', 'sending'] } } },
        { ...UNLANDED, partialFilterExpression: { unlanded: true } },
      ]);
      await db
        .collection(CONSENTS)
        .createIndex(BY_NUMBER_AND_PEER, { name: 'number_and_peer', unique: true });
    },
  },
  {
    id: '0002-reconciliations',
    async up(db) {
      const { key, name } = OUTCOME_OPEN;
      const partialFilterExpression = { status: 'unknown' };
      await db.collection(ATTEMPTS).createIndex(key, { name, partialFilterExpression });
      await db.collection(RECONCILIATIONS).createIndex(BY_ACCOUNT, { name: 'account', unique: true });
    },
  },
  {
    id: '0003-attempts-by-time',
    async up(db) {
      await db.collection(ATTEMPTS).createIndex(BY_TIME_WITHOUT_COST);
    },
  },
  {
    id: '0004-attempts-with-their-cost',
    async up(db) {
      const attempts = db.collection(ATTEMPTS);
      await attempts.createIndex(BY_TIME);
      const before = JSON.stringify(BY_TIME_WITHOUT_COST);
      for (const { key, name } of await attempts.indexes())
        if (name !== undefined && JSON.stringify(key) === before) await attempts.dropIndex(name);
    },
  },
];

export const requiredIndexes: readonly RequiredIndex[] = [
  { collection: ATTEMPTS, key: BY_MESSAGE },
  { collection: ATTEMPTS, key: BY_PROVIDER_ID, unique: true },
  { collection: ATTEMPTS, key: OPEN.key },
  { collection: ATTEMPTS, key: UNLANDED.key },
  { collection: ATTEMPTS, key: OUTCOME_OPEN.key },
  { collection: ATTEMPTS, key: BY_TIME },
  { collection: RECONCILIATIONS, key: BY_ACCOUNT, unique: true },
  { collection: CONSENTS, key: BY_NUMBER_AND_PEER, unique: true },
];
