import { Controller } from '@nestjs/common';
import { isEvent, OnEvents, type EventOf } from '@partyline/bus';
import { DeliveryStatusChanged, MessageQueued, MessageReceived } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { FollowMedia } from '../../application/follow-media.js';
import { MarkLanded } from '../../application/mark-landed.js';

/** Hears where our receipts ended up, and which pictures went where. */
@Controller()
export class LandedConsumer {
  constructor(
    private readonly landed: MarkLanded,
    private readonly media: FollowMedia,
  ) {}

  @OnEvents([MessageReceived, MessageQueued], { name: 'texts-landed', batch: 256, lingerMs: 250 })
  async textsLanded(
    events: readonly (EventOf<typeof MessageReceived> | EventOf<typeof MessageQueued>)[],
  ): Promise<void> {
    const received = events.filter((event) => isEvent(MessageReceived, event));
    await this.media.received(received.map(({ tenantId, data }) => ({ tenantId, ...data.event })));
    const queued = events.filter((event) => isEvent(MessageQueued, event));
    await this.media.sent(queued.map(({ tenantId, data }) => ({ tenantId, ...data.event })));
    failpoint('ingest.media-expected');
    await this.landed.execute(received.map(({ tenantId, data }) => ({ tenantId, id: data.event.receiptId })));
    failpoint('ingest.texts-landed');
  }

  @OnEvents(DeliveryStatusChanged, { name: 'statuses-landed', batch: 256, lingerMs: 250 })
  async statusesLanded(events: readonly EventOf<typeof DeliveryStatusChanged>[]): Promise<void> {
    await this.landed.execute(
      events.flatMap(({ tenantId, data }) => data.receiptIds.map((id) => ({ tenantId, id }))),
    );
    failpoint('ingest.statuses-landed');
  }
}
