import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { InboxStore, type InboxChange } from '../../application/inbox-store.js';
import type { Inbox } from '../../domain/inbox.js';
import { databaseOf } from './database.js';

interface InboxDocument extends Inbox {
  readonly tenantId: string;
  readonly revision: number;
}

@Injectable()
export class MongoInboxStore extends InboxStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async apply(changes: readonly InboxChange[]): Promise<readonly InboxChange[]> {
    const current: InboxChange[] = [];
    for (const change of changes) {
      const { tenantId, revision, inbox } = change;
      const stored = await unlessNewer(() =>
        this.collection.updateOne(
          { tenantId, id: inbox.id, revision: { $lt: revision } },
          { $set: { ...inbox, revision } },
          { upsert: true },
        ),
      );
      // Delivered again, it is there already.
      if (stored || (await this.collection.findOne({ tenantId, id: inbox.id, revision })))
        current.push(change);
    }
    return current;
  }

  override async find(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Inbox>> {
    const found = await this.collection.find({ tenantId, id: { $in: [...ids] } }).toArray();
    return new Map(found.map((inbox) => [inbox.id, inbox]));
  }

  private get collection(): mongo.Collection<InboxDocument> {
    return databaseOf(this.connection).collection<InboxDocument>('inboxes');
  }
}
