import { Injectable } from '@nestjs/common';
import { ReplyToConversation, type CommandAccepted, type Media, type Viewer } from '@partyline/contracts';
import { Refused } from '../refused.js';
import { Services } from '../services.js';

export interface Reply extends Viewer {
  readonly conversationId: string;
  readonly commandId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly media?: Media[] | undefined;
  readonly claim?: boolean | undefined;
  readonly expectedEpoch?: number | undefined;
  readonly seenSeq?: number | undefined;
}

@Injectable()
export class ReplyToCustomer {
  constructor(private readonly services: Services) {}

  async execute({ media = [], claim = false, ...reply }: Reply): Promise<CommandAccepted> {
    if (reply.text.trim() === '' && media.length === 0) {
      throw new Refused('VALIDATION', 'A reply needs a text or a picture.', {
        issues: [{ path: 'text', message: 'must not be empty without media' }],
      });
    }
    return await this.services.command(ReplyToConversation, { ...reply, media, claim });
  }
}
