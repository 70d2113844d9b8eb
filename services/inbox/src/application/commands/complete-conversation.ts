import { Injectable } from '@nestjs/common';
import type { CommandAccepted, CompleteConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Mark as Done. */
@Injectable()
export class CompleteConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, expectedEpoch, seenSeq } = request;
    return this.desk.carryOut(request, { type: 'complete', by, expectedEpoch, seenSeq });
  }
}
