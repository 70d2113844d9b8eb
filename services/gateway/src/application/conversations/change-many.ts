import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import {
  ReopenConversation,
  ReturnConversation,
  TagConversation,
  TransferConversation,
  type bulkBody,
  type CommandAccepted,
  type Refusal,
  type Viewer,
} from '@partyline/contracts';
import type { z } from 'zod';
import { Refused } from '../refused.js';
import { Services } from '../services.js';
import { AssignConversation } from './assign-conversation.js';
import { FinishConversation } from './finish-conversation.js';

type Body = z.infer<typeof bulkBody>;

export interface ChangeOfMany {
  readonly viewer: Viewer;
  /** Counts within a conversation, so one serves all of them. */
  readonly commandId: string;
  readonly action: Body['action'];
  readonly assigneeId: string | undefined;
  readonly tagId: string | undefined;
  readonly items: Body['items'];
}

export type Changed =
  | { readonly conversationId: string; readonly accepted: CommandAccepted }
  | { readonly conversationId: string; readonly refusal: Refusal };

/** So many are on their way at once: one person's hundred must not hold up everybody else. */
const AT_ONCE = 8;

/** One act on many conversations, each decided as if it were the only one. */
@Injectable()
export class ChangeMany {
  constructor(
    private readonly services: Services,
    private readonly assignConversation: AssignConversation,
    private readonly finishConversation: FinishConversation,
  ) {}

  async execute(change: ChangeOfMany): Promise<Changed[]> {
    const changed: Changed[] = [];
    for (let start = 0; start < change.items.length; start += AT_ONCE) {
      const portion = change.items.slice(start, start + AT_ONCE);
      changed.push(...(await Promise.all(portion.map((item) => this.changeOne(change, item)))));
    }
    return changed;
  }

  private async changeOne(change: ChangeOfMany, item: Body['items'][number]): Promise<Changed> {
    const { conversationId } = item;
    try {
      const accepted = await this.command(change, item);
      failpoint('gateway.one-of-many-changed');
      return { conversationId, accepted };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { conversationId, refusal: error.refusal };
    }
  }

  private async command(
    { viewer, commandId, action, assigneeId, tagId }: ChangeOfMany,
    { conversationId, expectedEpoch, seenSeq }: Body['items'][number],
  ): Promise<CommandAccepted> {
    const command = { ...viewer, commandId, conversationId };
    if (action === 'assign') {
      return this.assignConversation.execute({ ...command, expectedEpoch, assigneeId });
    }
    if (action === 'tag' || action === 'untag') {
      if (tagId === undefined) throw missing('tagId', 'the tag to put on or take off');
      const [add, remove] = action === 'tag' ? [[tagId], []] : [[], [tagId]];
      return this.services.command(TagConversation, { ...command, add, remove });
    }
    if (expectedEpoch === undefined) throw missing('expectedEpoch', 'the epoch that was on the screen');
    switch (action) {
      case 'transfer':
        if (assigneeId === undefined) throw missing('userId', 'the colleague who gets it');
        return this.services.command(TransferConversation, { ...command, expectedEpoch, assigneeId });
      case 'return':
        return this.services.command(ReturnConversation, { ...command, expectedEpoch });
      case 'done':
        return this.finishConversation.execute({ ...command, expectedEpoch, seenSeq });
      case 'reopen':
        return this.services.command(ReopenConversation, { ...command, expectedEpoch, assigneeId });
    }
  }
}

const missing = (path: string, what: string): Refused =>
  new Refused('VALIDATION', `This needs ${path}, ${what}.`, { issues: [{ path, message: 'is missing' }] });
