import { Injectable } from '@nestjs/common';
import type { CommandAccepted, ReopenConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Reopens what is done, for follow-up. */
@Injectable()
export class ReopenConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, assigneeId: to, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'reopen', by, to, expectedEpoch });
  }
}
