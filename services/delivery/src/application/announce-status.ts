import { Injectable } from '@nestjs/common';
import { EventPublisher, type OutgoingEvent } from '@partyline/bus';
import { DeliveryStatusChanged } from '@partyline/contracts';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import type { Attempt } from '../domain/attempt.js';
import { announced } from '../domain/landing.js';
import { together } from '../domain/status.js';
import { AttemptStore, type AttemptRef } from './attempt-store.js';

/** Tells the inbox service what has become of a reply. What is not heard there is announced again by the sweeper. */
@Injectable()
export class AnnounceStatus {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** `settling`: receipts that the announcement must name, beside those that the attempt remembers. */
  async execute(ref: AttemptRef, settling: readonly string[] = []): Promise<void> {
    const attempt = await this.attempts.change(ref, (current) => announced(current, this.clock.now()));
    if (attempt === null) return;
    const attempts = await this.attempts.ofMessage(attempt.tenantId, attempt.messageId);
    const outcome = together(attempts);
    // A group text says nothing new before its last recipient has got somewhere; but receipts have to be settled.
    if (outcome.status === 'queued' && settling.length === 0) return;
    const receiptIds = [...new Set([...attempts.flatMap((one) => one.receiptIds), ...settling])];
    failpoint('delivery.announcement-counted');
    const [published] = await this.publisher.publish([eventOf(attempt, outcome, receiptIds)]);
    failpoint('delivery.status-published');
    if (published?.ok === false && settling.length > 0) throw published.error;
  }
}

/** Each announcement is an event of its own: a repeat must get past the stream's duplicate window. */
function eventOf(announcer: Attempt, outcome: Attempt, receiptIds: string[]): OutgoingEvent {
  return {
    subject: DeliveryStatusChanged.subject(announcer.tenantId),
    envelope: {
      id: derivedId('ev', announcer.tenantId, announcer.id, String(announcer.announcements)),
      type: DeliveryStatusChanged.type,
      version: DeliveryStatusChanged.version,
      occurredAt: outcome.statusAt.toISOString(),
      tenantId: announcer.tenantId,
      aggregateId: announcer.messageId,
      actor: { kind: 'carrier', id: announcer.carrier },
      correlationId: announcer.correlationId,
      ...(announcer.traceparent === null ? {} : { traceparent: announcer.traceparent }),
      data: {
        messageId: announcer.messageId,
        conversationId: announcer.conversationId,
        inboxId: announcer.inboxId,
        status: outcome.status,
        errorClass: outcome.errorClass,
        rawCode: outcome.rawCode,
        description: outcome.description,
        providerMessageId: outcome.providerMessageId,
        receiptIds,
      },
    },
  };
}
