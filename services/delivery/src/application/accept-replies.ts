import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { attemptsOf, type QueuedReply } from '../domain/attempt.js';
import { AnnounceStatus } from './announce-status.js';
import { AttemptStore } from './attempt-store.js';
import { Dispatcher } from './dispatcher.js';

/** Takes over replies from the inbox service: durable first, then on their way. */
@Injectable()
export class AcceptReplies {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly dispatcher: Dispatcher,
    private readonly announce: AnnounceStatus,
    private readonly clock: Clock,
  ) {}

  /** A reply that is known already is not sent again: its status is, since the inbox service asks for it by repeating itself. */
  async execute(replies: readonly QueuedReply[]): Promise<void> {
    if (replies.length === 0) return;
    failpoint('delivery.replies-taken');
    const now = this.clock.now();
    const attempts = replies.flatMap((reply) => attemptsOf(queuedBy(now, reply)));
    const known = await this.attempts.add(attempts);
    failpoint('delivery.attempts-stored');
    for (const attempt of attempts) {
      if (known.has(attempt.id)) await this.announce.execute(attempt);
    }
    for (const attempt of attempts) this.dispatcher.wake(attempt);
  }
}

/** A reply from the future is one by a clock that runs ahead of ours: it does not wait until we are there, too. */
const queuedBy = (now: Date, reply: QueuedReply): QueuedReply =>
  reply.queuedAt > now ? { ...reply, queuedAt: now } : reply;
