import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { AttemptStore, type ConversationRef } from './attempt-store.js';
import { SendAttempt } from './send-attempt.js';
import { DeliverySettings } from './settings.js';

/**
 * Sends what is due, one conversation after its own order, several conversations at a time. It holds no truth: what it
 * forgets in a crash, the sweeper finds in the store again.
 */
@Injectable()
export class Dispatcher implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Dispatcher.name);
  /** Conversations to look at, in the order of their first wake-up. */
  private readonly waiting = new Map<string, ConversationRef>();
  private readonly running = new Map<string, Promise<void>>();
  private stopping = false;

  constructor(
    private readonly attempts: AttemptStore,
    private readonly send: SendAttempt,
    private readonly settings: DeliverySettings,
    private readonly clock: Clock,
  ) {}

  /** Something of this conversation may be due. */
  wake({ tenantId, conversationId }: ConversationRef): void {
    this.waiting.set(`${tenantId} ${conversationId}`, { tenantId, conversationId });
    this.fill();
  }

  /** Looks for what is due in the store. */
  async sweep(): Promise<void> {
    const due = await this.attempts.due(this.clock.now(), 500);
    for (const conversation of due) this.wake(conversation);
  }

  /** Lets what is being sent come to its end; begins nothing new. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.waiting.clear();
    await Promise.allSettled(this.running.values());
  }

  private fill(): void {
    if (this.stopping) return;
    for (const [key, conversation] of this.waiting) {
      if (this.running.size >= this.settings.concurrency) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      const run = this.drain(conversation).finally(() => {
        this.running.delete(key);
        this.fill();
      });
      this.running.set(key, run);
    }
  }

  private async drain(conversation: ConversationRef): Promise<void> {
    try {
      while (!this.stopping) {
        const head = await this.attempts.head(conversation);
        const now = this.clock.now();
        const ready = head.filter(({ state, nextAttemptAt }) => state === 'queued' && nextAttemptAt <= now);
        if (ready.length === 0) return;
        for (const attempt of ready) await this.send.execute(attempt);
      }
    } catch (error) {
      this.logger.error(`Sending in ${conversation.conversationId} stopped for now: ${String(error)}`);
    }
  }
}
