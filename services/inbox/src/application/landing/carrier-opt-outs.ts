import { Injectable } from '@nestjs/common';
import { Timeline } from '../timeline.js';
import type { StatusNews } from './status-news.js';
import { SpreadConsent } from './spread-consent.js';

/** A carrier that refuses a reply because the customer opted out there knows of a STOP that never came to us. */
@Injectable()
export class CarrierOptOuts {
  constructor(
    private readonly timeline: Timeline,
    private readonly spread: SpreadConsent,
  ) {}

  async execute(batch: readonly StatusNews[]): Promise<void> {
    for (const news of batch) {
      if (isCarriersOptOut(news)) await this.record(news);
    }
  }

  private async record({ id, tenantId, correlationId, traceparent, occurredAt, data }: StatusNews) {
    const entry = await this.timeline.findMessage(tenantId, data.messageId);
    const reply = entry?.events.find(
      (event) => event.type === 'message.queued' && event.data.messageId === data.messageId,
    );
    // Of a group nobody says who it was.
    if (reply?.type !== 'message.queued' || reply.data.to.length !== 1) return;
    const [peer = ''] = reply.data.to;
    await this.spread.execute(
      {
        tenantId,
        number: reply.data.from,
        peer,
        state: 'opted_out',
        keyword: data.rawCode ?? '',
        at: occurredAt,
        source: 'carrier',
        by: null,
      },
      {
        actor: { kind: 'carrier', id: 'delivery' },
        origin: { correlationId, causationId: id, traceparent },
        conversationId: data.conversationId,
      },
    );
  }
}

/** What we refused ourselves has no code of a carrier: that is known already. */
const isCarriersOptOut = ({ data }: StatusNews): boolean =>
  data.errorClass === 'opted_out' && data.rawCode !== null;
