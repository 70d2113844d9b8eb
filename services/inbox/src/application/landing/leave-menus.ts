import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { decideCloseMenu } from '../../domain/decide/lifecycle.js';
import { ConversationLog, type ConversationRef } from '../log/conversation-log.js';
import { SYSTEM } from './system-actor.js';

/** A customer chose an option of a welcome menu, by this message, and is with another inbox now. */
export interface MenuLeft {
  readonly ref: ConversationRef;
  readonly messageId: string;
  readonly chosenAt: string;
  readonly correlationId: string;
}

/** Closes the dialogues that customers had with welcome menus, where nobody took them. */
@Injectable()
export class LeaveMenus {
  constructor(
    private readonly log: ConversationLog,
    private readonly clock: Clock,
  ) {}

  async execute(left: readonly MenuLeft[]): Promise<void> {
    if (left.length === 0) return;
    const at = this.clock.now().toISOString();
    await this.log.appendMany(
      left.map(({ ref, messageId, chosenAt, correlationId }) => ({
        ref,
        actor: SYSTEM,
        at,
        origin: { correlationId, causationId: messageId },
        commandId: `menu:${messageId}`,
        decide: (state) => decideCloseMenu(state, { type: 'close-menu', chosenAt }),
      })),
    );
    failpoint('inbox.menus-left');
  }
}
