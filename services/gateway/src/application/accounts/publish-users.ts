import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { UserOutbox } from './accounts.js';
import { UserAnnouncer } from './user-announcer.js';

const BATCH = 200;

/** Publishes every user whose newest revision was not. Safe to run anywhere and at any time: receivers go by revision. */
@Injectable()
export class PublishUsers {
  constructor(
    private readonly outbox: UserOutbox,
    private readonly announcer: UserAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** Resolves with how many were published; what failed stays for the next run. */
  async execute(): Promise<number> {
    let published = 0;
    for (;;) {
      const batch = await this.outbox.pending(BATCH);
      if (batch.length === 0) return published;
      const outcomes = await this.announcer.announce(batch);
      const done = batch.filter((_, index) => outcomes[index] === true);
      failpoint('gateway.users-published');
      await this.outbox.markPublished(done.map(({ user }) => user));
      failpoint('gateway.users-marked');
      published += done.length;
      if (done.length < batch.length) return published;
    }
  }

  /** Tells of everybody again: a new stream, and consumers who lost what they were told. */
  async executeForAll(): Promise<number> {
    await this.outbox.reopenAll(this.clock.now().toISOString());
    failpoint('gateway.users-reopened');
    return await this.execute();
  }
}
