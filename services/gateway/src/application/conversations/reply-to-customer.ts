import { Injectable } from '@nestjs/common';
import { FindUploads, ReplyToConversation, type CommandAccepted, type Viewer } from '@partyline/contracts';
import { Refused } from '../refused.js';
import { Services } from '../services.js';

export interface Reply extends Viewer {
  readonly conversationId: string;
  readonly commandId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly media?: string[] | undefined;
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
    const { tenantId, userId, correlationId, conversationId } = reply;
    const asked = { tenantId, userId, correlationId, conversationId, mediaIds: media };
    const files = media.length === 0 ? [] : await this.services.query(FindUploads, asked);
    return await this.services.command(ReplyToConversation, { ...reply, media: files, claim });
  }
}
