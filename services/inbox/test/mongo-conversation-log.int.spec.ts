import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, SystemClock } from '@partyline/kernel';
import { failInserts, WRITE_FAULTS } from '@partyline/testing';
import { decide } from '../src/domain/decide/decide.js';
import type { AppendRequest, ConversationRef } from '../src/application/log/conversation-log.js';
import { MongoConversationLog } from '../src/adapters/mongo/mongo-conversation-log.js';
import { describeConversationLog } from './support/conversation-log.contract.js';
import { describePastEntries } from './support/past-entries.contract.js';
import { openDatabase, type TestDatabase } from './support/database.js';
import { RecordingOutbox } from './support/recording-outbox.js';
import { around, inbound, SUPPORT } from './support/story.js';

const APP = 'inbox-log';
let open: TestDatabase;
beforeAll(async () => {
  open = await openDatabase(APP, { monitorCommands: true });
});
afterAll(() => open.drop());

describeConversationLog('in MongoDB', () => {
  const outbox = new RecordingOutbox();
  return Promise.resolve({
    outbox,
    log: new MongoConversationLog(open.database, new SystemClock(), outbox),
    forgetProjection: async ({ tenantId, conversationId: _id }) => {
      await open.database.conversations.deleteOne({ _id, tenantId });
    },
  });
});

describePastEntries('in MongoDB', () => {
  const { timeline } = open.database;
  return Promise.resolve({
    log: new MongoConversationLog(open.database, new SystemClock(), new RecordingOutbox()),
    hideEntriesUpTo: async ({ tenantId, conversationId }, seq) => {
      await timeline.deleteMany({
        tenantId,
        conversationId,
        seq: { $lte: seq },
        state: { $exists: false },
      });
    },
    forgetSavedStates: async ({ tenantId, conversationId }) => {
      await timeline.updateMany({ tenantId, conversationId }, { $unset: { state: '' } });
    },
  });
});

const textOf = (ref: ConversationRef, messageId: string): AppendRequest => ({
  ref,
  inbox: { id: SUPPORT.id, kind: SUPPORT.kind },
  actor: { kind: 'contact', id: '+12125550199' },
  at: '2026-11-23T12:00:00.000Z',
  origin: { correlationId: 'co_1' },
  messageId,
  decide: (state) => decide(state, inbound('hello', { messageId }), around()),
});

describe('the log of conversations in MongoDB, when an insert fails as a whole', () => {
  it.each(Object.entries(WRITE_FAULTS))(
    'says that texts stand only when they do: %s',
    async (_name, fault) => {
      const log = new MongoConversationLog(open.database, new SystemClock(), new RecordingOutbox());
      for (const texts of [1, 3]) {
        const ref = { tenantId: newId('t'), conversationId: newId('cv') };
        await failInserts(APP, fault);
        const requests = Array.from({ length: texts }, () => textOf(ref, newId('ms')));
        const outcomes = await log.appendMany(requests);
        expect(outcomes.map(({ kind }) => kind)).toEqual(requests.map(() => 'appended'));
        const standing = await open.database.timeline
          .find({ ...ref })
          .sort({ seq: 1 })
          .toArray();
        expect(standing.map(({ seq, messageId }) => [seq, messageId])).toEqual(
          requests.map(({ messageId }, index) => [index + 1, messageId]),
        );
      }
    },
  );
});

describe('the log of conversations in MongoDB, of a customer who does not stop', () => {
  it('waits for the disk once for all that came meanwhile', async () => {
    const log = new MongoConversationLog(open.database, new SystemClock(), new RecordingOutbox());
    const ref = { tenantId: newId('t'), conversationId: newId('cv') };
    let inserts = 0;
    open.client.on('commandStarted', ({ commandName }) => {
      if (commandName === 'insert') inserts += 1;
    });
    await log.appendMany(Array.from({ length: 60 }, () => textOf(ref, newId('ms'))));
    expect(inserts).toBe(1);
    expect((await log.read(ref))?.state.seq).toBe(60);
  });
});
