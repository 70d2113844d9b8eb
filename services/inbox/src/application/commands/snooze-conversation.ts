import { Injectable } from '@nestjs/common';
import type { CommandAccepted, SnoozeConversation as Call } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** Sets a conversation aside until a moment, or until the customer writes. */
@Injectable()
export class SnoozeConversation {
  constructor(
    private readonly desk: Desk,
    private readonly clock: Clock,
  ) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, expectedEpoch, seenSeq } = request;
    // With milliseconds and in UTC, as all moments are kept: as text they then sort as times do.
    const until = request.until === null ? null : new Date(request.until).toISOString();
    const now = this.clock.now().toISOString();
    return this.desk.carryOut(request, { type: 'snooze', by, expectedEpoch, seenSeq, until, now });
  }
}
