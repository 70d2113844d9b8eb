import type { Migration, RequiredIndex } from '@partyline/mongo';
import type { mongo } from 'mongoose';
import {
  ACCOUNTS,
  JOINS,
  MEDIA,
  NUMBER_DAYS,
  RECEIPTS,
  RECORDED_WEBHOOKS,
  REFUSALS,
  REFUSED_WEBHOOKS,
  SIGNATURES,
} from './collections.js';

/** What makes a webhook one webhook, for ever. */
export const UNIQUE_RECEIPT = {
  tenantId: 1,
  carrier: 1,
  accountId: 1,
  providerMessageId: 1,
  key: 1,
} as const;
/** Open receipts only, so it stays small however many have landed. */
export const OPEN = {
  name: 'open',
  key: { tenantId: 1, accountId: 1, nextAttemptAt: 1 },
} as const;
/** Parts that wait for others: a handful at any time. */
export const WAITING_PARTS = { name: 'waiting_parts', key: { tenantId: 1, 'part.key': 1 } } as const;
/** No part is in two texts. */
export const ONE_JOIN_PER_PART = { tenantId: 1, receiptIds: 1 } as const;
export const JOIN_OPEN = { name: 'open', key: { tenantId: 1, applied: 1 } } as const;
/** What waits to be fetched: little at any time. */
export const MEDIA_DUE = { name: 'due', key: { state: 1, dueAt: 1 } } as const;
/** Of every tenant: whoever keeps the binds looks for them all the time. */
export const BOUND_ACCOUNTS = { carrier: 1, active: 1 } as const;
export const MEDIA_OF_MESSAGE = { tenantId: 1, messageId: 1 } as const;

const indexes: readonly { collection: string; index: mongo.IndexDescription }[] = [
  { collection: RECEIPTS, index: { key: UNIQUE_RECEIPT, unique: true } },
  { collection: RECEIPTS, index: { ...OPEN, partialFilterExpression: { state: 'open' } } },
  {
    collection: RECEIPTS,
    index: {
      name: 'rejected',
      key: { tenantId: 1, accountId: 1 },
      partialFilterExpression: { state: 'rejected' },
    },
  },
  {
    collection: RECEIPTS,
    index: {
      key: { tenantId: 1, messageId: 1 },
      partialFilterExpression: { messageId: { $type: 'string' } },
    },
  },
  { collection: ACCOUNTS, index: { key: { tenantId: 1, name: 1 } } },
  { collection: REFUSALS, index: { key: { tenantId: 1, accountId: 1 }, unique: true } },
];

export const migrations: readonly Migration[] = [
  {
    id: '0001-indexes',
    up: async (db) => {
      for (const { collection, index } of indexes) await db.collection(collection).createIndexes([index]);
    },
  },
  {
    id: '0002-parts',
    up: async (db) => {
      await db.collection(RECEIPTS).createIndex(WAITING_PARTS.key, {
        name: WAITING_PARTS.name,
        partialFilterExpression: { state: 'open', 'part.state': 'waiting' },
      });
      await db
        .collection(JOINS)
        .createIndexes([
          { key: ONE_JOIN_PER_PART, unique: true },
          { ...JOIN_OPEN, partialFilterExpression: { open: true } },
          { key: { tenantId: 1, key: 1, at: -1 } },
        ]);
    },
  },
  {
    id: '0003-refused-webhooks',
    up: async (db) => {
      await db
        .collection(REFUSED_WEBHOOKS)
        .createIndexes([
          { key: { tenantId: 1, accountId: 1, at: -1 } },
          { key: { expireAt: 1 }, expireAfterSeconds: 0 },
        ]);
    },
  },
  {
    id: '0004-media',
    up: async (db) => {
      await db.collection(MEDIA).createIndexes([
        { ...MEDIA_DUE, partialFilterExpression: { state: 'waiting' } },
        {
          key: MEDIA_OF_MESSAGE,
          partialFilterExpression: { messageId: { $type: 'string' } },
        },
        { key: { expiresAt: 1 }, partialFilterExpression: { expiresAt: { $exists: true } } },
      ]);
      // Before the first release pictures lay in GridFS; they are fetched again when somebody looks at them.
      for (const part of ['files', 'chunks']) await db.dropCollection(`${MEDIA}.${part}`);
    },
  },
  {
    id: '0005-recorded-webhooks',
    up: async (db) => {
      await db
        .collection(RECORDED_WEBHOOKS)
        .createIndexes([
          { key: { tenantId: 1, accountId: 1, at: -1 } },
          { key: { tenantId: 1, marks: 1 } },
          { key: { tenantId: 1, messageIds: 1 } },
          { key: { expireAt: 1 }, expireAfterSeconds: 0 },
        ]);
    },
  },
  {
    id: '0006-number-days',
    up: async (db) => {
      await db
        .collection(NUMBER_DAYS)
        .createIndexes([
          { key: { tenantId: 1, number: 1, day: 1 } },
          { key: { expireAt: 1 }, expireAfterSeconds: 0 },
        ]);
    },
  },
  {
    id: '0007-bound-accounts',
    up: async (db) => {
      await db.collection(ACCOUNTS).createIndex(BOUND_ACCOUNTS);
    },
  },
  {
    id: '0008-numbers-in-refused-webhooks',
    up: async (db) => {
      await db.collection(REFUSED_WEBHOOKS).createIndex({ tenantId: 1, marks: 1 });
    },
  },
  {
    id: '0009-signature-days',
    up: async (db) => {
      await db
        .collection(SIGNATURES)
        .createIndexes([
          { key: { tenantId: 1, accountId: 1, day: 1 } },
          { key: { expireAt: 1 }, expireAfterSeconds: 0 },
        ]);
    },
  },
];

export const requiredIndexes: readonly RequiredIndex[] = [
  { collection: RECEIPTS, key: UNIQUE_RECEIPT, unique: true },
  { collection: RECEIPTS, key: OPEN.key },
  { collection: RECEIPTS, key: WAITING_PARTS.key },
  { collection: JOINS, key: ONE_JOIN_PER_PART, unique: true },
  { collection: MEDIA, key: MEDIA_DUE.key },
];
