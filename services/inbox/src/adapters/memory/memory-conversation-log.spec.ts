import { describeConversationLog } from '../../../test/support/conversation-log.contract.js';
import { RecordingOutbox } from '../../../test/support/recording-outbox.js';
import { MemoryConversationLog } from './memory-conversation-log.js';

describeConversationLog('in memory', () => {
  const outbox = new RecordingOutbox();
  const log = new MemoryConversationLog(outbox);
  return Promise.resolve({ outbox, log, forgetProjection: (ref) => log.forgetProjection(ref) });
});
