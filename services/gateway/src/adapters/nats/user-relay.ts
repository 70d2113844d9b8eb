import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { StreamReset } from '@partyline/bus';
import { Lease, Occasions } from '@partyline/mongo';
import { OutboxBell } from '../../application/accounts/outbox-bell.js';
import { PublishUsers } from '../../application/accounts/publish-users.js';

/** Milliseconds between two rounds for what was left over: a process that died, or a bus that was away. */
const ROUND_MS = 5_000;
const LEASE_MS = 15_000;
/** Streams forget after some days; a consumer that lost its database learns of everybody again within one. */
const TELL_AGAIN_MS = 86_400_000;

/** Empties the outbox of users: when one changed, in rounds, and wholly when the stream had to be made anew. */
@Injectable()
export class UserRelay implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(UserRelay.name);
  private timer: NodeJS.Timeout | undefined;
  /** One run at a time in this process; whoever rings in between gets another one behind it. */
  private run: Promise<void> = Promise.resolve();

  constructor(
    private readonly publishUsers: PublishUsers,
    private readonly bell: OutboxBell,
    private readonly streamReset: StreamReset,
    private readonly lease: Lease,
    private readonly occasions: Occasions,
  ) {}

  onModuleInit(): void {
    this.bell.onRing(() => this.enqueue(() => this.publishUsers.execute()));
    this.streamReset.onStreamCreated(() => {
      this.enqueue(() => this.publishUsers.executeForAll());
      return this.run;
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.enqueue(() =>
        this.lease.runExclusively('user-relay', LEASE_MS, () => this.publishUsers.execute()),
      );
      this.enqueue(() =>
        this.occasions.runWhenDue('tell-again', TELL_AGAIN_MS, () => this.publishUsers.executeForAll()),
      );
    }, ROUND_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.run;
  }

  private enqueue(work: () => Promise<unknown>): void {
    this.run = this.run
      .then(work)
      .then(() => undefined)
      .catch((error: unknown) =>
        this.log.warn({ err: error }, 'Users stay unpublished until the next round'),
      );
  }
}
