import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@partyline/kernel';
import { MongoBookkeeping } from '../src/adapters/mongo/mongo-bookkeeping.js';
import { MongoConsents } from '../src/adapters/mongo/mongo-consents.js';
import { MongoContacts } from '../src/adapters/mongo/mongo-contacts.js';
import { MongoConversationList } from '../src/adapters/mongo/mongo-conversation-list.js';
import { MongoConversationLog } from '../src/adapters/mongo/mongo-conversation-log.js';
import { MongoMessageSearch } from '../src/adapters/mongo/mongo-message-search.js';
import { MongoTimeline } from '../src/adapters/mongo/mongo-timeline.js';
import type { SectionQuery } from '../src/application/conversation-list.js';
import { openDatabase, type TestDatabase } from './support/database.js';
import { fillCompany, OWNERS, TAG, TENANT, textOf } from './support/many-conversations.js';
import { QueryPlans, type Plan } from './support/query-plans.js';
import { RecordingOutbox } from './support/recording-outbox.js';

const PAGE = 20;
const MOST_COUNTED = 100;
const VIEWER = 'ben';

let open: TestDatabase;
let plans: QueryPlans;
let list: MongoConversationList;
let timeline: MongoTimeline;
let contacts: MongoContacts;
let consents: MongoConsents;
let messages: MongoMessageSearch;
let log: MongoConversationLog;
let bookkeeping: MongoBookkeeping;
beforeAll(async () => {
  open = await openDatabase('inbox-plans', { monitorCommands: true });
  plans = new QueryPlans(open.database.db, open.client);
  list = new MongoConversationList(open.database);
  timeline = new MongoTimeline(open.database);
  contacts = new MongoContacts(open.database);
  consents = new MongoConsents(open.database);
  messages = new MongoMessageSearch(open.database);
  log = new MongoConversationLog(open.database, new SystemClock(), new RecordingOutbox());
  bookkeeping = new MongoBookkeeping(open.database);
  await fillCompany(open.database, 6_000);
}, 120_000);
afterAll(() => open.drop());

const overdue = () => ({
  before: new Date().toISOString(),
  beyond: new Date(Date.now() + 60_000).toISOString(),
});
const section = (over: Partial<SectionQuery>): SectionQuery => ({
  tenantId: TENANT,
  inboxId: 'support',
  viewerId: VIEWER,
  status: 'open',
  owner: 'any',
  limit: PAGE,
  ...over,
});
const total = (found: readonly Plan[], count: 'keys' | 'documents'): number =>
  found.reduce((sum, plan) => sum + plan[count], 0);

describe('a page of a section', () => {
  it.each([
    ['unassigned', 'open', undefined],
    ['me', 'open', undefined],
    ['others', 'open', undefined],
    ['any', 'open', undefined],
    ['any', 'done', undefined],
    ['any', 'snoozed', undefined],
    ['unassigned', 'open', TAG],
    ['me', 'open', TAG],
    ['others', 'open', TAG],
    ['any', 'open', TAG],
    ['any', 'done', TAG],
    ['any', 'snoozed', TAG],
  ] as const)(
    '%s, %s, tag %s: comes in its order from an index, and nothing else is looked at',
    async (owner, status, tag) => {
      const first = await list.page(section({ owner, status, tag }));
      expect(first.items).toHaveLength(PAGE);
      for (const cursor of [undefined, first.nextCursor ?? undefined]) {
        const found = await plans.of(() => list.page(section({ owner, status, tag, cursor })));
        const stages = found.flatMap((plan) => plan.stages);
        expect(stages).not.toContain('SORT');
        expect(stages).not.toContain('COLLSCAN');
        expect(total(found, 'documents')).toBeLessThanOrEqual(PAGE + 2);
        expect(total(found, 'keys')).toBeLessThanOrEqual(2 * PAGE + 10);
      }
    },
  );
});

describe('counts', () => {
  const INBOXES = ['support', 'sales'];

  it('stop at what screens show, in the index alone but for who has read what', async () => {
    const counts = await list.counts(TENANT, 'olga', INBOXES);
    expect(counts.get('support')).toMatchObject({ unassigned: MOST_COUNTED, unassignedUnread: MOST_COUNTED });
    const found = await plans.of(() => list.counts(TENANT, 'olga', INBOXES));
    // What makes a badge is in the conversation; of everything else not one is fetched.
    expect(total(found, 'documents')).toBeLessThanOrEqual(INBOXES.length * MOST_COUNTED);
    expect(total(found, 'keys')).toBeLessThanOrEqual(INBOXES.length * 5 * (MOST_COUNTED + 5));
  });

  it('of what each person owns stop too, and fetch nothing', async () => {
    expect((await list.loads(TENANT, 'support', [...OWNERS, VIEWER])).get(VIEWER)).toBe(MOST_COUNTED);
    const found = await plans.of(() => list.loads(TENANT, 'support', [...OWNERS, VIEWER]));
    expect(total(found, 'documents')).toBe(0);
    expect(total(found, 'keys')).toBeLessThanOrEqual((OWNERS.length + 1) * (MOST_COUNTED + 1));
  });

  it('of owners look at one entry of the index for each', async () => {
    const found = await plans.of(() => list.owners(TENANT, 'support'));
    expect(found.flatMap(({ stages }) => stages)).toContain('DISTINCT_SCAN');
    expect(total(found, 'documents')).toBe(0);
    expect(total(found, 'keys')).toBeLessThanOrEqual(OWNERS.length + 5);
  });
});

describe('a page of the trail', () => {
  const filters = {
    'of everybody': {},
    'of a person': { userId: VIEWER },
    'of an inbox': { inboxId: 'support' },
    'of a kind': { type: 'conversation.done' },
  };

  it.each(Object.entries(filters))('%s: comes in its order from an index', async (_, filter) => {
    const query = { tenantId: TENANT, limit: PAGE, ...filter };
    const first = await timeline.audit(query);
    expect(first.items).toHaveLength(PAGE);
    const within = { from: '2000-01-01T00:00:00.000Z', to: first.items[0]?.at };
    for (const more of [{}, { cursor: first.nextCursor ?? undefined }, within]) {
      const found = await plans.of(() => timeline.audit({ ...query, ...more }));
      const stages = found.flatMap((plan) => plan.stages);
      expect(stages).not.toContain('SORT');
      expect(stages).not.toContain('COLLSCAN');
    }
    const found = await plans.of(() => timeline.audit(query));
    expect(total(found, 'documents')).toBeLessThanOrEqual(PAGE + 1);
  });
});

describe('a page of an export', () => {
  it('comes in its order from an index, and nothing else is looked at', async () => {
    const query = { tenantId: TENANT, inboxIds: ['support', 'sales'], limit: PAGE };
    const deep = await list.inOrder({ ...query, limit: 2_000 });
    for (const cursor of [undefined, deep.nextCursor ?? undefined]) {
      const found = await plans.of(() => list.inOrder({ ...query, cursor }));
      expect(found.flatMap(({ stages }) => stages)).not.toContain('SORT');
      expect(total(found, 'documents')).toBe(PAGE);
      expect(total(found, 'keys')).toBeLessThanOrEqual(PAGE + 1);
    }
  });
});

describe('no other query of conversations, entries or contacts reads a collection from end to end', () => {
  const ref = { tenantId: TENANT, conversationId: 'cv_1' };
  const written = (words: string[], prefix: string) =>
    messages.find({ tenantId: TENANT, inboxIds: ['support'], wanted: { words, prefix }, limit: PAGE });
  const queries: Record<string, () => Promise<unknown>> = {
    'a page filtered by contact': () => list.page(section({ owner: 'others', q: '310' })),
    'by contact': () => list.findByContact(TENANT, ['support'], '0000042', PAGE),
    'by id': () => list.many(TENANT, ['cv_1', 'cv_2']),
    'of two addresses': () => list.between(TENANT, '+12125550101', '+13100000042'),
    'of an owner': () => list.ownedBy(TENANT, 'support', VIEWER, PAGE),
    waiting: () => list.waiting(undefined, PAGE),
    'contacts, a page': () =>
      contacts.page({ tenantId: TENANT, inboxIds: ['support', 'sales'], limit: PAGE }),
    'contacts by name': () =>
      contacts.page({ tenantId: TENANT, inboxIds: ['support'], q: '0000042', limit: PAGE }),
    'names of contacts': () => contacts.names(TENANT, ['+13100000042']),
    'a thread': () => timeline.page(ref, undefined, PAGE),
    'a message': () => timeline.findMessage(TENANT, textOf(1)),
    'a picture': () => timeline.findMedia(ref, 'm1'),
    statuses: () => timeline.latestStatuses(TENANT, ['ms_1', 'ms_2']),
    'opt-outs': () =>
      consents.list({ tenantId: TENANT, state: 'opted_out', q: undefined, cursor: undefined, limit: PAGE }),
    'opt-outs of a number': () =>
      consents.list({ tenantId: TENANT, state: 'opted_out', q: '+1310', cursor: undefined, limit: PAGE }),
    'a word on texts': () =>
      timeline.latestConsent(TENANT, ['cv_1'], { peer: '+13100000001', state: 'opted_out' }),
    'the trail': () => timeline.audit({ tenantId: TENANT, limit: PAGE }),
    'the trail of a person': () => timeline.audit({ tenantId: TENANT, userId: VIEWER, limit: PAGE }),
    'whether there is anything': () => timeline.isEmpty(TENANT),
    'what was written': () => written(['parcel'], '42'),
    'what begins like that': () => written([], 'par'),
    'a conversation': () => log.read(ref),
    'what was missed': () => log.entriesAfter(ref, 1),
    'what was then': () => log.entriesAt(ref, new Set([1])),
    'left behind': () => bookkeeping.leftBehind(overdue(), PAGE),
    unheard: () => bookkeeping.unheard(overdue(), PAGE),
  };

  it.each(Object.keys(queries))('%s', async (name) => {
    const found = await plans.of(queries[name] ?? (() => Promise.reject(new Error(name))));
    expect(found.length).toBeGreaterThan(0);
    for (const { stages } of found) expect(stages).not.toContain('COLLSCAN');
  });

  it('and this would be seen', async () => {
    const found = await plans.of(() => open.database.conversations.find({ preview: null }).toArray());
    expect(found.flatMap(({ stages }) => stages)).toContain('COLLSCAN');
  });
});
