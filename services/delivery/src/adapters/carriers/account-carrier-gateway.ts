import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  CarrierClient,
  costOf,
  isBoundCarrier,
  MediaLinks,
  segmentsOf,
  textWithLinks,
  type AnyCarrier,
  type Billed,
  type OpenAccount,
  type OutboundText,
  type SendOutcome,
} from '@partyline/carriers';
import { CarrierGateway, type CarrierLine } from '../../application/carrier-gateway.js';
import type { Attempt } from '../../domain/attempt.js';
import { DeliverySettings } from '../../application/settings.js';
import { AccountBook } from './account-book.js';
import { mediaAddresses } from './media-addresses.js';
import { SmppTransmitters } from './smpp-transmitters.js';

/** Sends by HTTP or over a bind, as the carrier of the account wants it. */
@Injectable()
export class AccountCarrierGateway extends CarrierGateway implements OnModuleDestroy {
  private readonly client: CarrierClient;

  constructor(
    private readonly accounts: AccountBook,
    private readonly links: MediaLinks,
    private readonly transmitters: SmppTransmitters,
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
    const { carrier, account, prices } = found;
    return {
      kind: 'ready',
      perSecond: perSecondOf(account.settings['sendsPerSecond']),
      costOf: (attempt) => costOf(prices, attempt.to, this.billed(carrier, attempt, account)),
      send: (attempt, at): Promise<SendOutcome> => {
        const text: OutboundText = {
          messageId: attempt.id,
          from: attempt.from,
          to: attempt.to,
          text: attempt.text,
          media: mediaAddresses(this.links, attempt, account.publicUrl, at),
          at,
        };
        return isBoundCarrier(carrier)
          ? this.transmitters.send(text, account)
          : this.client.send(carrier, text, account);
      },
    };
  }

  private billed(carrier: AnyCarrier, attempt: Attempt, { publicUrl, settings }: OpenAccount): Billed {
    const { text, segments } = attempt;
    if (attempt.media.length === 0) return { segments: segments ?? 0, withMedia: false };
    if (!carrier.filesAsLinks?.(settings)) return { segments: segments ?? 0, withMedia: true };
    const media = mediaAddresses(this.links, attempt, publicUrl, attempt.queuedAt);
    return { segments: segmentsOf(textWithLinks({ text, media })).segments, withMedia: false };
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.close();
  }
}

/** What most numbers may send; carriers hold up or refuse what is more. */
const USUAL_PER_SECOND = 10;

function perSecondOf(setting: string | undefined): number {
  const perSecond = Number(setting);
  return setting !== undefined && perSecond >= 0.01 && perSecond <= 10_000 ? perSecond : USUAL_PER_SECOND;
}
