import { Controller } from '@nestjs/common';
import { OnEvents, type EventOf } from '@partyline/bus';
import { UserChanged } from '@partyline/contracts';
import { ApplyUsers } from '../../application/apply-users.js';

@Controller()
export class UserChangedConsumer {
  constructor(private readonly applyUsers: ApplyUsers) {}

  @OnEvents(UserChanged, { name: 'users' })
  async apply(events: readonly EventOf<typeof UserChanged>[]): Promise<void> {
    await this.applyUsers.execute(
      events.map(({ tenantId, data: { revision, userId, name, permissions, active, availability } }) => ({
        tenantId,
        revision,
        person: { userId, name, permissions, active, availability },
      })),
    );
  }
}
