import { Injectable } from '@nestjs/common';
import { Turns } from '../../application/turns.js';
import { InboxDatabase } from './inbox-database.js';

@Injectable()
export class MongoTurns extends Turns {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async last(tenantId: string, inboxId: string): Promise<string | null> {
    return (await this.database.turns.findOne({ tenantId, inboxId }))?.userId ?? null;
  }

  override async keep(tenantId: string, inboxId: string, userId: string): Promise<void> {
    await this.database.turns.updateOne({ tenantId, inboxId }, { $set: { userId } }, { upsert: true });
  }
}
