import { Injectable } from '@nestjs/common';
import type { CommandAccepted, AssignConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** An Admin gives a conversation to somebody of the group. */
@Injectable()
export class AssignConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, assigneeId: to, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'assign', by, to, expectedEpoch });
  }
}
