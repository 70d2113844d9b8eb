import { describeConversationLog } from '../../../test/support/conversation-log.contract.js';
import { describePastEntries } from '../../../test/support/past-entries.contract.js';
import { RecordingOutbox } from '../../../test/support/recording-outbox.js';
import { MemoryConversationLog } from './memory-conversation-log.js';

describeConversationLog('in memory', () => {
  const outbox = new RecordingOutbox();
  const log = new MemoryConversationLog(outbox);
  return Promise.resolve({ outbox, log, forgetProjection: (ref) => log.forgetProjection(ref) });
});

describePastEntries('in memory', () => {
  const log = new MemoryConversationLog(new RecordingOutbox());
  return Promise.resolve({
    log,
    hideEntriesUpTo: (ref, seq) => log.hideEntriesUpTo(ref, seq),
    forgetSavedStates: () => log.forgetSavedStates(),
  });
});
