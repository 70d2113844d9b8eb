import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, SystemClock } from '@partyline/kernel';
import { failInserts, WRITE_FAULTS } from '@partyline/testing';
import { decide } from '../src/domain/decide/decide.js';
import { MongoConversationLog } from '../src/adapters/mongo/mongo-conversation-log.js';
import { describeConversationLog } from './support/conversation-log.contract.js';
import { describePastEntries } from './support/past-entries.contract.js';
import { openDatabase, type TestDatabase } from './support/database.js';
import { RecordingOutbox } from './support/recording-outbox.js';
import { around, inbound, SUPPORT } from './support/story.js';

const APP = 'inbox-log';
let open: TestDatabase;
beforeAll(async () => {
  open = await openDatabase(APP);
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

describe('the log of conversations in MongoDB, when an insert fails as a whole', () => {
  it.each(Object.entries(WRITE_FAULTS))(
    'says that a text stands only when it does: %s',
    async (_name, fault) => {
      const log = new MongoConversationLog(open.database, new SystemClock(), new RecordingOutbox());
      const [tenantId, conversationId, messageId] = [newId('t'), newId('cv'), newId('ms')];
      await failInserts(APP, fault);
      const outcome = await log.append({
        ref: { tenantId, conversationId },
        inbox: { id: SUPPORT.id, kind: SUPPORT.kind },
        actor: { kind: 'contact', id: '+12125550199' },
        at: '2026-11-23T12:00:00.000Z',
        origin: { correlationId: 'co_1' },
        messageId,
        decide: (state) => decide(state, inbound('hello', { messageId }), around()),
      });
      const standing = await open.database.timeline.countDocuments({ tenantId, conversationId });
      expect({ kind: outcome.kind, standing }).toEqual({ kind: 'appended', standing: 1 });
    },
  );
});
