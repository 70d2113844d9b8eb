import { Injectable, Logger } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import { ListArrivalTroubles, ListSendingTroubles } from '@partyline/contracts';
import { AccountStates, type KnownAccount, type SeenAccount } from '../../application/accounts/ports.js';
import { askOrNull } from './ask-or-null.js';

interface Answered {
  readonly worksAt: string | null;
}

@Injectable()
export class BusAccountStates extends AccountStates {
  private readonly logger = new Logger(BusAccountStates.name);

  constructor(private readonly calls: CallClient) {
    super();
  }

  override async arrivals(): Promise<readonly KnownAccount[] | null> {
    const ask = () => this.calls.call(ListArrivalTroubles, {});
    return (await askOrNull(this.logger, 'what arrives', ask))?.map(withDate) ?? null;
  }

  override async sending(): Promise<readonly SeenAccount[] | null> {
    const ask = () => this.calls.call(ListSendingTroubles, {});
    return (await askOrNull(this.logger, 'how sending goes', ask))?.map(withDate) ?? null;
  }
}

const withDate = <A extends Answered>(answered: A) => ({
  ...answered,
  worksAt: answered.worksAt === null ? null : new Date(answered.worksAt),
});
