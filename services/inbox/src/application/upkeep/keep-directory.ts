import { Injectable } from '@nestjs/common';
import type {
  DirectoryInboxChanged,
  DirectoryNumberChanged,
  EventDefinition,
  UserChanged,
} from '@partyline/contracts';
import { DirectoryStore } from '../directory-store.js';

type DataOf<D> = D extends EventDefinition<infer T> ? T : never;

/** Keeps what other services tell of people, inboxes and numbers. */
@Injectable()
export class KeepDirectory {
  constructor(private readonly directories: DirectoryStore) {}

  async user(tenantId: string, data: DataOf<typeof UserChanged>): Promise<void> {
    const { revision, userId: id, name, active, availability, awayUntil = null, permissions } = data;
    const value = { id, name, active, availability, awayUntil, permissions: new Set(permissions) };
    await this.directories.saveMember(tenantId, { revision, value });
  }

  async inbox(tenantId: string, data: DataOf<typeof DirectoryInboxChanged>): Promise<void> {
    const { id, name, kind, reopenTo, memberIds, active } = data.inbox;
    const { returnWhenAway = false, autoAssign } = data.inbox;
    await this.directories.saveInbox(tenantId, {
      revision: data.revision,
      value: {
        id,
        name,
        kind,
        reopenTo,
        memberIds: new Set(memberIds),
        returnWhenAway,
        autoAssign: autoAssign ?? null,
        active: active && !data.removed,
      },
    });
  }

  async number(tenantId: string, data: DataOf<typeof DirectoryNumberChanged>): Promise<void> {
    const { id: number, carrier, carrierAccountId: accountId } = data.number;
    const inboxId = data.removed ? null : data.inboxId;
    await this.directories.saveNumber(tenantId, {
      revision: data.revision,
      value: { number, carrier, accountId, inboxId },
    });
  }
}
