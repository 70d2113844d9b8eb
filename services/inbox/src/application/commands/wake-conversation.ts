import { Injectable } from '@nestjs/common';
import type { CommandAccepted, WakeConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Takes up again what was snoozed. */
@Injectable()
export class WakeConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, expectedEpoch } = request;
    return this.desk.carryOut(request, { type: 'wake', by, expectedEpoch });
  }
}
