import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ReplyToConversation as ReplyToConversationCall,
  AddNote as AddNoteCall,
  StartConversation as StartConversationCall,
  MarkRead as MarkReadCall,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ReplyToConversation } from '../../application/commands/reply-to-conversation.js';
import { AddNote } from '../../application/commands/add-note.js';
import { StartConversation } from '../../application/commands/start-conversation.js';
import { MarkRead } from '../../application/commands/mark-read.js';
import { reachable } from './reachable.js';

/** Commands by which people write and read. */
@Controller()
export class WritingController {
  constructor(
    private readonly replyToConversation: ReplyToConversation,
    private readonly addNote: AddNote,
    private readonly startConversation: StartConversation,
    private readonly markRead: MarkRead,
  ) {}

  @Answers(ReplyToConversationCall)
  reply(request: RequestOf<typeof ReplyToConversationCall>) {
    return reachable(this.replyToConversation.execute(request));
  }

  @Answers(AddNoteCall)
  note(request: RequestOf<typeof AddNoteCall>) {
    return reachable(this.addNote.execute(request));
  }

  @Answers(StartConversationCall)
  start(request: RequestOf<typeof StartConversationCall>) {
    return reachable(this.startConversation.execute(request));
  }

  @Answers(MarkReadCall)
  read(request: RequestOf<typeof MarkReadCall>) {
    return reachable(this.markRead.execute(request));
  }
}
