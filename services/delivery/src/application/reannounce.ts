import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { AnnounceStatus } from './announce-status.js';
import { AttemptStore } from './attempt-store.js';

/** Repeats what the inbox service has not shown in time: the event, or the service, may have been lost on the way. */
@Injectable()
export class Reannounce {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly announce: AnnounceStatus,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    for (const ref of await this.attempts.unlanded(this.clock.now(), 500)) await this.announce.execute(ref);
  }
}
