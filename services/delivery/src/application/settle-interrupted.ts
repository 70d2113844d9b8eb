import { Injectable, Logger } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { abandoned } from '../domain/sending.js';
import { AnnounceStatus } from './announce-status.js';
import { AttemptStore } from './attempt-store.js';
import { Dispatcher } from './dispatcher.js';

/** After a crash in the middle of sending: the outcome is unknown, and the replies behind it may go on. */
@Injectable()
export class SettleInterrupted {
  private readonly logger = new Logger(SettleInterrupted.name);

  constructor(
    private readonly attempts: AttemptStore,
    private readonly announce: AnnounceStatus,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    for (const ref of await this.attempts.overdue(this.clock.now(), 200)) {
      const attempt = await this.attempts.change(ref, (current) => abandoned(current, this.clock.now()));
      if (attempt === null) continue;
      this.logger.warn(`Sending reply ${attempt.id} was interrupted: its outcome is unknown`);
      failpoint('delivery.interrupted-settled');
      await this.announce.execute(attempt);
      this.dispatcher.wake(attempt);
    }
  }
}
