import { Injectable } from '@nestjs/common';
import type { CommandAccepted, ReturnConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Return to Inbox: back to Unassigned. */
@Injectable()
export class ReturnConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'return', by, expectedEpoch });
  }
}
