import { Injectable } from '@nestjs/common';
import { SnoozeConversation as SnoozeCall, type CommandAccepted, type Viewer } from '@partyline/contracts';
import { Services } from '../services.js';
import { readUpTo } from './read-up-to.js';

export interface Snooze extends Viewer {
  readonly conversationId: string;
  readonly commandId: string;
  readonly expectedEpoch: number;
  /** The newest entry on the screen; undefined: what the caller has read counts. */
  readonly seenSeq?: number | undefined;
  readonly until: string | null;
}

/** Set aside until a moment, or until the customer writes. */
@Injectable()
export class SnoozeConversation {
  constructor(private readonly services: Services) {}

  async execute({ seenSeq, ...command }: Snooze): Promise<CommandAccepted> {
    return await this.services.command(SnoozeCall, {
      ...command,
      seenSeq: seenSeq ?? (await readUpTo(this.services, command)),
    });
  }
}
