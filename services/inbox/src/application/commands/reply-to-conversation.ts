import { Injectable } from '@nestjs/common';
import type { CommandAccepted, ReplyToConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';
import { outboundMessageId } from './outbound-message-id.js';

/** A reply; Assign & send where it also claims. */
@Injectable()
export class ReplyToConversation {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { userId: by, clientMessageId, text, media, claim, expectedEpoch, seenSeq } = request;
    const messageId = outboundMessageId(request);
    const draft = { messageId, clientMessageId, text, media };
    const command = { type: 'reply', by, draft, claim, expectedEpoch, seenSeq } as const;
    return this.desk.carryOut(request, command, { messageId });
  }
}
