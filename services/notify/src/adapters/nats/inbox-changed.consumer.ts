import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { DirectoryInboxChanged } from '@partyline/contracts';
import { ApplyInboxes } from '../../application/apply-inboxes.js';

@Controller()
export class InboxChangedConsumer {
  constructor(private readonly applyInboxes: ApplyInboxes) {}

  @OnEvents(DirectoryInboxChanged, { name: 'inboxes' })
  async apply(events: readonly EventOf<typeof DirectoryInboxChanged>[]): Promise<void> {
    await this.applyInboxes.execute(
      events.map(({ tenantId, data: { revision, inbox } }) => ({
        tenantId,
        revision,
        inbox: {
          id: inbox.id,
          name: inbox.name,
          memberIds: inbox.memberIds,
          alertAfterMinutes: inbox.alertAfterMinutes,
          givesOut: Boolean(inbox.autoAssign),
        },
      })),
    );
  }
}
