import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ClaimConversation as ClaimConversationCall,
  AssignConversation as AssignConversationCall,
  TransferConversation as TransferConversationCall,
  ReturnConversation as ReturnConversationCall,
  CompleteConversation as CompleteConversationCall,
  ReopenConversation as ReopenConversationCall,
  SnoozeConversation as SnoozeConversationCall,
  WakeConversation as WakeConversationCall,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ClaimConversation } from '../../application/commands/claim-conversation.js';
import { AssignConversation } from '../../application/commands/assign-conversation.js';
import { TransferConversation } from '../../application/commands/transfer-conversation.js';
import { ReturnConversation } from '../../application/commands/return-conversation.js';
import { CompleteConversation } from '../../application/commands/complete-conversation.js';
import { ReopenConversation } from '../../application/commands/reopen-conversation.js';
import { SnoozeConversation } from '../../application/commands/snooze-conversation.js';
import { WakeConversation } from '../../application/commands/wake-conversation.js';
import { reachable } from './reachable.js';

/** Commands that say whose a conversation is, and whether it is done. */
@Controller()
export class OwnershipController {
  constructor(
    private readonly claimConversation: ClaimConversation,
    private readonly assignConversation: AssignConversation,
    private readonly transferConversation: TransferConversation,
    private readonly returnConversation: ReturnConversation,
    private readonly completeConversation: CompleteConversation,
    private readonly reopenConversation: ReopenConversation,
    private readonly snoozeConversation: SnoozeConversation,
    private readonly wakeConversation: WakeConversation,
  ) {}

  @Answers(ClaimConversationCall)
  claim(request: RequestOf<typeof ClaimConversationCall>) {
    return reachable(this.claimConversation.execute(request));
  }

  @Answers(AssignConversationCall)
  assign(request: RequestOf<typeof AssignConversationCall>) {
    return reachable(this.assignConversation.execute(request));
  }

  @Answers(TransferConversationCall)
  transfer(request: RequestOf<typeof TransferConversationCall>) {
    return reachable(this.transferConversation.execute(request));
  }

  @Answers(ReturnConversationCall)
  return(request: RequestOf<typeof ReturnConversationCall>) {
    return reachable(this.returnConversation.execute(request));
  }

  @Answers(CompleteConversationCall)
  complete(request: RequestOf<typeof CompleteConversationCall>) {
    return reachable(this.completeConversation.execute(request));
  }

  @Answers(ReopenConversationCall)
  reopen(request: RequestOf<typeof ReopenConversationCall>) {
    return reachable(this.reopenConversation.execute(request));
  }

  @Answers(SnoozeConversationCall)
  snooze(request: RequestOf<typeof SnoozeConversationCall>) {
    return reachable(this.snoozeConversation.execute(request));
  }

  @Answers(WakeConversationCall)
  wake(request: RequestOf<typeof WakeConversationCall>) {
    return reachable(this.wakeConversation.execute(request));
  }
}
