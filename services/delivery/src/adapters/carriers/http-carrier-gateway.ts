import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CarrierClient, type SendOutcome } from '@partyline/carriers';
import { CarrierGateway, type CarrierLine } from '../../application/carrier-gateway.js';
import { DeliverySettings } from '../../application/settings.js';
import { AccountBook } from './account-book.js';

@Injectable()
export class HttpCarrierGateway extends CarrierGateway implements OnModuleDestroy {
  private readonly client: CarrierClient;

  constructor(
    private readonly accounts: AccountBook,
    settings: DeliverySettings,
  ) {
    super();
    this.client = new CarrierClient({
      answerTimeoutMs: settings.carrierTimeoutMs,
      allowedOrigins: settings.carrierOrigins,
    });
  }

  override async lineFor(tenantId: string, carrierId: string, accountId: string): Promise<CarrierLine> {
    const found = await this.accounts.find(tenantId, carrierId, accountId);
    if (found.kind !== 'ready') return found;
    const { carrier, account } = found;
    return {
      kind: 'ready',
      send: (attempt, at): Promise<SendOutcome> =>
        this.client.send(
          carrier,
          {
            messageId: attempt.id,
            from: attempt.from,
            to: attempt.to,
            text: attempt.text,
            media: attempt.media,
            at,
          },
          account,
        ),
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.close();
  }
}
