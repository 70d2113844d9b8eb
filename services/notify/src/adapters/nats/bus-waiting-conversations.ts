import { Injectable, Logger } from '@nestjs/common';
import { CallClient, CallTimedOut, CallUnavailable } from '@partyline/bus';
import { ListWaiting } from '@partyline/contracts';
import { WaitingConversations, type WaitingConversation } from '../../application/waiting-conversations.js';

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

  private async page(after: string | undefined) {
    try {
      const answer = await this.calls.call(ListWaiting, {
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      if (answer.ok) return answer.value;
      this.logger.warn(`The inbox service refused to list who waits: ${answer.error.message}`);
    } catch (error) {
      if (!(error instanceof CallUnavailable || error instanceof CallTimedOut)) throw error;
      this.logger.warn(`The inbox service cannot be asked who waits: ${error.message}`);
    }
    return null;
  }
}
