import { Injectable } from '@nestjs/common';
import type { CommandAccepted, ClaimConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Assign to Me. */
@Injectable()
export class ClaimConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'claim', by, expectedEpoch });
  }
}
