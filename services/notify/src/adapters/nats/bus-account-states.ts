import { Injectable, Logger } from '@nestjs/common';
import { CallClient, CallTimedOut, CallUnavailable } from '@partyline/bus';
import { ListArrivalTroubles, ListSendingTroubles } from '@partyline/contracts';
import { AccountStates, type KnownAccount, type SeenAccount } from '../../application/accounts/ports.js';

interface Answered {
  readonly worksAt: string | null;
}

@Injectable()
export class BusAccountStates extends AccountStates {
  private readonly logger = new Logger(BusAccountStates.name);

  constructor(private readonly calls: CallClient) {
    super();
  }

  override arrivals(): Promise<readonly KnownAccount[] | null> {
    return this.asked('what arrives', async () => {
      const answer = await this.calls.call(ListArrivalTroubles, {});
      return answer.ok ? answer.value.map(withDate) : answer.error.message;
    });
  }

  override sending(): Promise<readonly SeenAccount[] | null> {
    return this.asked('how sending goes', async () => {
      const answer = await this.calls.call(ListSendingTroubles, {});
      return answer.ok ? answer.value.map(withDate) : answer.error.message;
    });
  }

  private async asked<T>(what: string, ask: () => Promise<T[] | string>): Promise<T[] | null> {
    try {
      const answer = await ask();
      if (typeof answer !== 'string') return answer;
      this.logger.warn(`It is not known ${what}, because that was refused: ${answer}`);
    } catch (error) {
      if (!(error instanceof CallUnavailable || error instanceof CallTimedOut)) throw error;
      this.logger.warn(`It is not known ${what}: ${error.message}`);
    }
    return null;
  }
}

const withDate = <A extends Answered>(answered: A) => ({
  ...answered,
  worksAt: answered.worksAt === null ? null : new Date(answered.worksAt),
});
