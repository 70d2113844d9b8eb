import { Injectable } from '@nestjs/common';
import type { CommandAccepted, TransferConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Its owner hands a conversation straight to a colleague. */
@Injectable()
export class TransferConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, assigneeId: to, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'transfer', by, to, expectedEpoch });
  }
}
