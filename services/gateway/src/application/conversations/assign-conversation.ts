import { Injectable } from '@nestjs/common';
import {
  AssignConversation as AssignCall,
  ClaimConversation,
  type CommandAccepted,
  type Viewer,
} from '@partyline/contracts';
import { Refused } from '../refused.js';
import { Services } from '../services.js';

export interface Assign extends Viewer {
  readonly conversationId: string;
  readonly commandId: string;
  readonly expectedEpoch: number | undefined;
  /** Whom an Admin names; undefined: Assign to Me. */
  readonly assigneeId: string | undefined;
}

/** Assign to Me, which needs no epoch because the first one wins, or an Admin's assign, which must not undo another's. */
@Injectable()
export class AssignConversation {
  constructor(private readonly services: Services) {}

  async execute({ assigneeId, expectedEpoch, ...command }: Assign): Promise<CommandAccepted> {
    if (assigneeId === undefined) {
      return await this.services.command(ClaimConversation, { ...command, expectedEpoch });
    }
    if (expectedEpoch === undefined) {
      throw new Refused(
        'VALIDATION',
        'Assigning somebody needs expectedEpoch, the epoch that was on the screen.',
        { issues: [{ path: 'expectedEpoch', message: 'needed together with userId' }] },
      );
    }
    return await this.services.command(AssignCall, { ...command, expectedEpoch, assigneeId });
  }
}
