import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@partyline/kernel';
import { FixedClock, MemoryEventPublisher, startMongoSet, type TestMongoSet } from '@partyline/testing';
import { MongoBookkeeping } from '../src/adapters/mongo/mongo-bookkeeping.js';
import { MongoConversationLog } from '../src/adapters/mongo/mongo-conversation-log.js';
import { EventOutbox } from '../src/adapters/nats/event-outbox.js';
import { RelayEntries } from '../src/application/upkeep/relay-entries.js';
import { decide } from '../src/domain/decide/decide.js';
import { openDatabase, type TestDatabase } from './support/database.js';
import { RecordingOutbox } from './support/recording-outbox.js';
import { around, inbound, SUPPORT } from './support/story.js';

let set: TestMongoSet;
let open: TestDatabase;
beforeAll(async () => {
  set = await startMongoSet();
  open = await openDatabase('inbox', {}, set.url);
}, 120_000);
afterAll(async () => {
  await open.drop();
  await set.stop();
}, 60_000);

it('shows what the lost primary alone had shown, although its mark comes to the next one', async () => {
  const { database } = open;
  const { conversations, contacts, timeline } = database;
  const clock = new FixedClock();
  const log = new MongoConversationLog(database, clock, new RecordingOutbox());
  const bookkeeping = new MongoBookkeeping(database);
  const ref = { tenantId: newId('t'), conversationId: newId('cv') };
  const { tenantId, conversationId: _id } = ref;
  const messageId = newId('ms');
  await log.append({
    ref,
    inbox: { id: SUPPORT.id, kind: SUPPORT.kind },
    actor: { kind: 'contact', id: '+12125550199' },
    at: clock.now().toISOString(),
    origin: { correlationId: 'co_1' },
    messageId,
    decide: (state) => decide(state, inbound('hello', { messageId }), around()),
  });
  await conversations.deleteOne({ _id, tenantId });
  const written = await log.entriesAt(ref, new Set([1]));

  await set.holdBack();
  await log.repair(ref);
  expect(await log.read(ref)).toMatchObject({ state: { seq: 1 } });
  await set.losePrimary();
  expect(await log.read(ref)).toBeNull();
  await bookkeeping.published(written);

  expect(await timeline.findOne({ tenantId, seq: 1 })).toHaveProperty('unpublished');
  clock.advance(60_000);
  const outbox = new EventOutbox(new MemoryEventPublisher(), bookkeeping);
  await new RelayEntries(log, bookkeeping, outbox, clock).publishLeftBehind();
  expect(await log.read(ref)).toMatchObject({ state: { seq: 1, status: 'open' } });
  expect(await timeline.findOne({ tenantId, seq: 1 })).not.toHaveProperty('unpublished');
  expect(await contacts.countDocuments({ tenantId, inboxIds: SUPPORT.id })).toBe(1);
}, 120_000);
