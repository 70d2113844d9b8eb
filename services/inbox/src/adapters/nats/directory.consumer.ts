import { Controller } from '@nestjs/common';
import { isEvent, OnEvents, type EventOf } from '@partyline/bus';
import {
  DirectoryInboxChanged,
  DirectoryNumberChanged,
  UserChanged,
  type Envelope,
} from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { SeedDemo } from '../../application/seed/seed-demo.js';
import { KeepDirectory } from '../../application/upkeep/keep-directory.js';
import { ReturnStranded } from '../../application/upkeep/return-stranded.js';

type DirectoryNews = EventOf<typeof DirectoryInboxChanged> | EventOf<typeof DirectoryNumberChanged>;

/** What routing and the gateway tell of inboxes, numbers and people, and what follows for conversations. */
@Controller()
export class DirectoryConsumer {
  constructor(
    private readonly keep: KeepDirectory,
    private readonly returnStranded: ReturnStranded,
    private readonly seedDemo: SeedDemo,
  ) {}

  @OnEvents([DirectoryInboxChanged, DirectoryNumberChanged], { name: 'directory' })
  async directory(events: readonly DirectoryNews[]): Promise<void> {
    for (const event of events) {
      if (isEvent(DirectoryInboxChanged, event)) await this.keep.inbox(event.tenantId, event.data);
      else if (isEvent(DirectoryNumberChanged, event)) await this.keep.number(event.tenantId, event.data);
    }
    await this.follow(events);
  }

  @OnEvents(UserChanged, { name: 'users' })
  async users(events: readonly EventOf<typeof UserChanged>[]): Promise<void> {
    for (const { tenantId, data } of events) await this.keep.user(tenantId, data);
    await this.follow(events);
  }

  private async follow(events: readonly Envelope[]): Promise<void> {
    failpoint('inbox.directory-kept');
    const causes = new Map(events.map(({ tenantId, correlationId }) => [tenantId, correlationId]));
    for (const [tenantId, correlationId] of causes)
      await this.returnStranded.execute(tenantId, correlationId);
    failpoint('inbox.stranded-returned');
    await this.seedDemo.whenReady();
  }
}
