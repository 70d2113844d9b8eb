import { Injectable } from '@nestjs/common';
import { CompleteConversation, type CommandAccepted, type Viewer } from '@partyline/contracts';
import { Services } from '../services.js';
import { readUpTo } from './read-up-to.js';

export interface Finish extends Viewer {
  readonly conversationId: string;
  readonly commandId: string;
  readonly expectedEpoch: number;
  /** The newest entry on the screen; undefined: what the caller has read counts. */
  readonly seenSeq?: number | undefined;
}

/** Mark as Done. */
@Injectable()
export class FinishConversation {
  constructor(private readonly services: Services) {}

  async execute({ seenSeq, ...command }: Finish): Promise<CommandAccepted> {
    return await this.services.command(CompleteConversation, {
      ...command,
      seenSeq: seenSeq ?? (await readUpTo(this.services, command)),
    });
  }
}
