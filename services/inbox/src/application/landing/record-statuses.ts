import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { decideStatus } from '../../domain/decide/inbound.js';
import { Bookkeeping } from '../bookkeeping.js';
import { ConversationLog } from '../log/conversation-log.js';
import { replay } from '../log/replay.js';
import { Outbox } from '../outbox.js';
import { Timeline } from '../timeline.js';
import { CarrierOptOuts } from './carrier-opt-outs.js';
import type { StatusNews } from './status-news.js';

/** What delivery knows of our messages lands in their conversations: forward only, in whatever order it comes. */
@Injectable()
export class RecordStatuses {
  constructor(
    private readonly log: ConversationLog,
    private readonly timeline: Timeline,
    private readonly bookkeeping: Bookkeeping,
    private readonly outbox: Outbox,
    private readonly carrierOptOuts: CarrierOptOuts,
    private readonly clock: Clock,
  ) {}

  async execute(batch: readonly StatusNews[]): Promise<void> {
    const at = this.clock.now().toISOString();
    const outcomes = await this.log.appendMany(
      batch.map(({ id, tenantId, correlationId, traceparent, data }) => ({
        ref: { tenantId, conversationId: data.conversationId },
        actor: { kind: 'carrier' as const, id: 'delivery' },
        at,
        origin: { correlationId, causationId: id, traceparent },
        decide: (state) => decideStatus(state, { type: 'status', ...data }),
      })),
    );
    failpoint('inbox.statuses-appended');
    await this.carrierOptOuts.execute(batch);
    await this.bookkeeping.heard(
      batch.map(({ tenantId, data: { conversationId, messageId } }) => ({
        tenantId,
        conversationId,
        messageId,
      })),
    );
    failpoint('inbox.statuses-recorded');
    await this.tellAgain(
      batch.filter((_, i) => outcomes[i]?.kind !== 'appended'),
      at,
    );
  }

  /** Delivery says it until it hears of it. What stands in the log already is therefore told once more. */
  private async tellAgain(known: readonly StatusNews[], at: string): Promise<void> {
    for (const tenantId of new Set(known.map((news) => news.tenantId))) {
      const ids = known.filter((news) => news.tenantId === tenantId).map(({ data }) => data.messageId);
      const entries = await this.timeline.latestStatuses(tenantId, [...new Set(ids)]);
      if (entries.length > 0) await this.outbox.announceAgain(await replay(this.log, entries), `again-${at}`);
    }
  }
}
