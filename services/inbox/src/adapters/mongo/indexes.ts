import type { Migration, RequiredIndex } from '@partyline/mongo';
import { splitTexts } from './split-texts.js';

/** The three keys that the promise rests on. */
export const ONE_ENTRY_PER_SEQ = { tenantId: 1, conversationId: 1, seq: 1 } as const;
export const ONE_ENTRY_PER_MESSAGE = { tenantId: 1, messageId: 1 } as const;
export const ONE_ENTRY_PER_COMMAND = { tenantId: 1, conversationId: 1, commandId: 1 } as const;

/** Whose turn it was last, for inboxes that assign in turn. */
export const ONE_TURN_PER_INBOX = { tenantId: 1, inboxId: 1 } as const;

/** Also gives all of a tenant's. */
export const ONE_TEMPLATE_PER_ID = { tenantId: 1, templateId: 1 } as const;

/** Also gives all of a tenant's. */
export const ONE_TAG_PER_ID = { tenantId: 1, tagId: 1 } as const;
/** Of those that are not retired. */
export const ONE_TAG_PER_NAME = { tenantId: 1, taken: 1 } as const;

export const CONSENTS_BY_TIME = { tenantId: 1, state: 1, at: -1, _id: -1 } as const;
export const CONSENTS_BY_PEER = { tenantId: 1, state: 1, peer: 1, _id: 1 } as const;

/** Entries that are not published, a handful at any time. */
export const UNPUBLISHED = { tenantId: 1, unpublished: 1 } as const;
/** Replies that delivery has not spoken of. */
export const AWAITING = { tenantId: 1, 'awaiting.due': 1 } as const;
/** Sections of one owner (or of none), in their order. */
export const BY_OWNER = { tenantId: 1, inboxId: 1, status: 1, ownerId: 1, sortAt: 1, _id: 1 } as const;
/** Everything open, or what belongs to others: what nobody owns is not walked through, and who owns is in the index. */
export const BY_ACTIVITY = {
  tenantId: 1,
  inboxId: 1,
  status: 1,
  owned: 1,
  lastActivityAt: 1,
  _id: 1,
  ownerId: 1,
} as const;
/** Snoozed ones of an inbox, by when they wake. */
export const SNOOZED = { tenantId: 1, inboxId: 1, status: 1, sortAt: 1, _id: 1 } as const;
/** Snoozes that end by themselves. */
export const WAKING = { tenantId: 1, wakeAt: 1 } as const;
/** The same three for what has a tag; they hold nothing else. */
export const TAGGED_BY_OWNER = {
  tenantId: 1,
  inboxId: 1,
  tags: 1,
  status: 1,
  ownerId: 1,
  sortAt: 1,
  _id: 1,
} as const;
export const TAGGED_BY_ACTIVITY = {
  tenantId: 1,
  inboxId: 1,
  tags: 1,
  status: 1,
  owned: 1,
  lastActivityAt: 1,
  _id: 1,
  ownerId: 1,
} as const;
export const TAGGED_SNOOZED = { tenantId: 1, inboxId: 1, tags: 1, status: 1, sortAt: 1, _id: 1 } as const;
/** What waits for an owner, over all tenants. */
export const WAITING = { tenantId: 1, _id: 1 } as const;

/** Changes of contacts whose names are not in all conversations yet, a handful at any time. */
export const UNSPREAD = { tenantId: 1, unspread: 1 } as const;
/** Erasures that are not finished, a handful at any time. */
export const ERASING = { tenantId: 1, 'erasing.at': 1 } as const;
/** Conversations by whom they are with. */
export const BY_WORD = { tenantId: 1, words: 1 } as const;
export const CONTACTS_BY_ACTIVITY = { tenantId: 1, inboxIds: 1, lastActivityAt: -1, _id: -1 } as const;
export const CONTACTS_BY_WORD = { tenantId: 1, words: 1, lastActivityAt: -1 } as const;
/** A number is in one contact only; those that became part of another have none. */
export const ONE_CONTACT_PER_NUMBER = { tenantId: 1, numbers: 1 } as const;

/** Texts by their words, the newest first within each inbox; and all texts of an inbox, the newest first. */
export const TEXTS_BY_WORD = { tenantId: 1, inboxId: 1, tokens: 1, at: -1 } as const;
export const TEXTS_BY_TIME = { tenantId: 1, inboxId: 1, at: -1 } as const;

/** The trail: of everybody, of a person, of an inbox, of a kind. */
export const TRAIL = { tenantId: 1, at: -1, _id: -1 } as const;
export const TRAIL_OF_PERSON = { tenantId: 1, 'actor.id': 1, at: -1, _id: -1 } as const;
export const TRAIL_OF_INBOX = { tenantId: 1, inboxId: 1, at: -1, _id: -1 } as const;
export const TRAIL_OF_KIND = { tenantId: 1, 'events.type': 1, at: -1, _id: -1 } as const;
/** Conversations in an order that nothing changes. */
export const IN_ORDER = { tenantId: 1, inboxId: 1, _id: 1 } as const;

const where = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });

export const migrations: readonly Migration[] = [
  {
    id: '0001-log-and-lists',
    up: async (db) => {
      await db.collection('timeline').createIndexes([
        { key: ONE_ENTRY_PER_SEQ, unique: true },
        { key: ONE_ENTRY_PER_MESSAGE, unique: true, ...where('messageId') },
        { key: ONE_ENTRY_PER_COMMAND, unique: true, ...where('commandId') },
        { key: UNPUBLISHED, ...where('unpublished') },
        { key: AWAITING, ...where('awaiting.due') },
        { key: { tenantId: 1, statusOf: 1, seq: 1 }, ...where('statusOf') },
        { key: TRAIL, ...where('audited') },
        // Words as they are written: the customers' languages are not known.
        { key: { tenantId: 1, text: 'text' }, default_language: 'none' },
      ]);
      await db
        .collection('conversations')
        .createIndexes([
          { key: BY_OWNER },
          { key: BY_WORD },
          { key: { tenantId: 1, number: 1, peers: 1 } },
          { key: WAITING, ...where('waiting') },
        ]);
      await db
        .collection('consents')
        .createIndexes([{ key: { tenantId: 1, number: 1, peer: 1 }, unique: true }]);
      await db.collection('contacts').createIndexes([{ key: CONTACTS_BY_ACTIVITY }]);
      await db.collection('people').createIndexes([{ key: { tenantId: 1, userId: 1 }, unique: true }]);
      await db.collection('inboxes').createIndexes([{ key: { tenantId: 1, inboxId: 1 }, unique: true }]);
      await db.collection('numbers').createIndexes([{ key: { tenantId: 1, number: 1 }, unique: true }]);
    },
  },
  {
    id: '0002-owned',
    up: async (db) => {
      const conversations = db.collection('conversations');
      await conversations.updateMany({ owned: { $exists: false } }, [
        { $set: { owned: { $ne: ['$ownerId', null] } } },
      ]);
      await conversations.createIndexes([{ key: BY_ACTIVITY }]);
      const old = { tenantId: 1, inboxId: 1, status: 1, lastActivityAt: 1, _id: 1, ownerId: 1 };
      for (const { name, key } of await conversations.indexes()) {
        if (name !== undefined && JSON.stringify(key) === JSON.stringify(old))
          await conversations.dropIndex(name);
      }
    },
  },
  {
    id: '0003-contacts',
    up: async (db) => {
      const contacts = db.collection('contacts');
      await contacts.updateMany({ numbers: { $exists: false }, number: { $exists: true } }, [
        { $set: { numbers: ['$number'], revision: 0 } },
        { $unset: 'number' },
      ]);
      await contacts.createIndexes([
        { key: ONE_CONTACT_PER_NUMBER, unique: true, ...where('numbers') },
        { key: CONTACTS_BY_WORD },
        { key: { tenantId: 1, mergedInto: 1 }, ...where('mergedInto') },
      ]);
      await db
        .collection('contactLog')
        .createIndexes([
          { key: { tenantId: 1, contactId: 1, revision: 1 }, unique: true },
          { key: { tenantId: 1, commandId: 1 }, unique: true, ...where('commandId') },
          { key: { tenantId: 1, at: -1, _id: -1 } },
          { key: UNSPREAD, ...where('unspread') },
        ]);
      await db
        .collection('conversations')
        .createIndexes([{ key: { tenantId: 1, peers: 1, lastActivityAt: -1, _id: -1 } }]);
      await db.collection('consents').createIndexes([{ key: { tenantId: 1, peer: 1 } }]);
    },
  },
  {
    id: '0004-snoozed',
    up: async (db) => {
      await db.collection('conversations').createIndexes([
        { key: SNOOZED, partialFilterExpression: { status: 'snoozed' } },
        { key: WAKING, ...where('wakeAt') },
      ]);
    },
  },
  {
    id: '0005-texts-by-word',
    up: async (db) => {
      const timeline = db.collection('timeline');
      const indexes = await timeline.listIndexes().toArray();
      // It weighed every text that has a word before it gave one.
      const byScore = indexes.find(({ key }) => 'text' in key || '_fts' in key);
      if (byScore) await timeline.dropIndex(byScore.name);
      await splitTexts(timeline);
      await timeline.createIndexes([
        { key: TEXTS_BY_WORD, ...where('tokens') },
        { key: TEXTS_BY_TIME, ...where('tokens') },
      ]);
    },
  },
  {
    id: '0006-turns',
    up: async (db) => {
      await db.collection('turns').createIndexes([{ key: ONE_TURN_PER_INBOX, unique: true }]);
    },
  },
  {
    id: '0007-trail-and-export',
    up: async (db) => {
      await db
        .collection('timeline')
        .createIndexes(
          [TRAIL_OF_PERSON, TRAIL_OF_INBOX, TRAIL_OF_KIND].map((key) => ({ key, ...where('audited') })),
        );
      await db.collection('conversations').createIndexes([{ key: IN_ORDER }]);
    },
  },
  {
    id: '0008-templates',
    up: async (db) => {
      await db.collection('templates').createIndexes([{ key: ONE_TEMPLATE_PER_ID, unique: true }]);
    },
  },
  {
    id: '0009-tags',
    up: async (db) => {
      await db.collection('tags').createIndexes([
        { key: ONE_TAG_PER_ID, unique: true },
        { key: ONE_TAG_PER_NAME, unique: true, ...where('taken') },
      ]);
      await db
        .collection('conversations')
        .createIndexes(
          [TAGGED_BY_OWNER, TAGGED_BY_ACTIVITY, TAGGED_SNOOZED].map((key) => ({ key, ...where('tags') })),
        );
    },
  },
  {
    id: '0010-erasure',
    up: async (db) => {
      await db
        .collection('contactLog')
        .createIndexes([
          { key: ERASING, ...where('erasing.at') },
          { key: { tenantId: 1, contactId: 1, at: 1 } },
        ]);
      await db
        .collection('contacts')
        .createIndexes([{ key: { tenantId: 1, 'erased.at': 1 }, ...where('erased.at') }]);
    },
  },
  {
    id: '0011-opt-outs',
    up: async (db) => {
      await db.collection('consents').createIndexes([{ key: CONSENTS_BY_TIME }, { key: CONSENTS_BY_PEER }]);
    },
  },
];

export const requiredIndexes: readonly RequiredIndex[] = [
  { collection: 'timeline', key: ONE_ENTRY_PER_SEQ, unique: true },
  { collection: 'timeline', key: ONE_ENTRY_PER_MESSAGE, unique: true },
  { collection: 'timeline', key: ONE_ENTRY_PER_COMMAND, unique: true },
  { collection: 'timeline', key: UNPUBLISHED },
  { collection: 'timeline', key: AWAITING },
  { collection: 'timeline', key: TEXTS_BY_WORD },
  { collection: 'timeline', key: TEXTS_BY_TIME },
  { collection: 'timeline', key: TRAIL },
  { collection: 'timeline', key: TRAIL_OF_PERSON },
  { collection: 'timeline', key: TRAIL_OF_INBOX },
  { collection: 'timeline', key: TRAIL_OF_KIND },
  { collection: 'conversations', key: IN_ORDER },
  { collection: 'conversations', key: BY_OWNER },
  { collection: 'conversations', key: BY_ACTIVITY },
  { collection: 'conversations', key: BY_WORD },
  { collection: 'contacts', key: CONTACTS_BY_ACTIVITY },
  { collection: 'contacts', key: CONTACTS_BY_WORD },
  { collection: 'contacts', key: ONE_CONTACT_PER_NUMBER, unique: true },
  { collection: 'contactLog', key: UNSPREAD },
  { collection: 'contactLog', key: ERASING },
  { collection: 'conversations', key: SNOOZED },
  { collection: 'conversations', key: WAKING },
  { collection: 'conversations', key: TAGGED_BY_OWNER },
  { collection: 'conversations', key: TAGGED_BY_ACTIVITY },
  { collection: 'conversations', key: TAGGED_SNOOZED },
  { collection: 'consents', key: CONSENTS_BY_TIME },
  { collection: 'consents', key: CONSENTS_BY_PEER },
  { collection: 'tags', key: ONE_TAG_PER_ID, unique: true },
  { collection: 'tags', key: ONE_TAG_PER_NAME, unique: true },
  { collection: 'people', key: { tenantId: 1, userId: 1 }, unique: true },
  { collection: 'inboxes', key: { tenantId: 1, inboxId: 1 }, unique: true },
  { collection: 'templates', key: ONE_TEMPLATE_PER_ID, unique: true },
  { collection: 'turns', key: ONE_TURN_PER_INBOX, unique: true },
  { collection: 'numbers', key: { tenantId: 1, number: 1 }, unique: true },
];
