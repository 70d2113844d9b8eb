import { afterAll, beforeAll } from '@jest/globals';
import { SystemClock } from '@partyline/kernel';
import { MongoConversationLog } from '../src/adapters/mongo/mongo-conversation-log.js';
import { describeConversationLog } from './support/conversation-log.contract.js';
import { openDatabase, type TestDatabase } from './support/database.js';
import { RecordingOutbox } from './support/recording-outbox.js';

let open: TestDatabase;
beforeAll(async () => {
  open = await openDatabase();
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
