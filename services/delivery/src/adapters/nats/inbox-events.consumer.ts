import { Controller } from '@nestjs/common';
import { isEvent, OnEvents, type EventOf } from '@partyline/bus';
import { ConsentChanged, MessageQueued, MessageStatusChanged } from '@partyline/contracts';
import { AcceptReplies } from '../../application/accept-replies.js';
import type { ConsentChange } from '../../application/consents.js';
import { MarkLanded } from '../../application/mark-landed.js';
import { RecordConsent } from '../../application/record-consent.js';
import type { QueuedReply } from '../../domain/attempt.js';

type InboxEvent =
  | EventOf<typeof MessageQueued>
  | EventOf<typeof ConsentChanged>
  | EventOf<typeof MessageStatusChanged>;

/** One ordered consumer for all three, so that a STOP is never overtaken by a reply that was queued after it. */
@Controller()
export class InboxEventsConsumer {
  constructor(
    private readonly replies: AcceptReplies,
    private readonly consents: RecordConsent,
    private readonly landed: MarkLanded,
  ) {}

  @OnEvents([MessageQueued, ConsentChanged, MessageStatusChanged], { name: 'inbox' })
  async inbox(events: readonly InboxEvent[]): Promise<void> {
    await this.consents.execute(events.filter((event) => isEvent(ConsentChanged, event)).map(consentOf));
    await this.replies.execute(events.filter((event) => isEvent(MessageQueued, event)).map(replyOf));
    for (const event of events) {
      if (!isEvent(MessageStatusChanged, event)) continue;
      const { messageId, status } = event.data.event;
      await this.landed.execute({ tenantId: event.tenantId, messageId, status });
    }
  }
}

function consentOf({ tenantId, occurredAt, data }: EventOf<typeof ConsentChanged>): ConsentChange {
  const { number, peer, state, saidAt } = data.event;
  // When the customer spoke, not when it landed: words may land in another order than they were said in.
  const at = new Date(saidAt ?? occurredAt);
  return { tenantId, number, peer, optedOut: state === 'opted_out', at };
}

function replyOf(envelope: EventOf<typeof MessageQueued>): QueuedReply {
  const { index, event, conversation } = envelope.data;
  return {
    tenantId: envelope.tenantId,
    messageId: event.messageId,
    conversationId: envelope.aggregateId,
    inboxId: conversation.inboxId,
    seq: envelope.seq ?? conversation.seq,
    index,
    carrier: event.carrier,
    accountId: event.accountId,
    from: event.from,
    to: event.to,
    text: event.text,
    media: event.media.map(({ url }) => url),
    ...(event.keyword && { answersKeyword: true }),
    ...(event.after && { after: event.after }),
    mediaTypes: event.media.map(({ contentType }) => contentType),
    correlationId: envelope.correlationId,
    traceparent: envelope.traceparent ?? null,
    queuedAt: new Date(envelope.occurredAt),
  };
}
