import { Injectable, Logger } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import { ListWaiting } from '@partyline/contracts';
import { WaitingConversations, type WaitingConversation } from '../../application/waiting-conversations.js';
import { askOrNull } from './ask-or-null.js';

const PAGE = 1000;

@Injectable()
export class BusWaitingConversations extends WaitingConversations {
  private readonly logger = new Logger(BusWaitingConversations.name);

  constructor(private readonly calls: CallClient) {
    super();
  }

  override async all(): Promise<readonly WaitingConversation[] | null> {
    const waiting: WaitingConversation[] = [];
    let after: string | undefined;
    do {
      const page = await this.page(after);
      if (!page) return null;
      waiting.push(...page.items.map((item) => ({ ...item, waitingSince: new Date(item.waitingSince) })));
      after = page.next ?? undefined;
    } while (after !== undefined);
    return waiting;
  }

  private page(after: string | undefined) {
    const request = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    return askOrNull(this.logger, 'who waits', () => this.calls.call(ListWaiting, request));
  }
}
