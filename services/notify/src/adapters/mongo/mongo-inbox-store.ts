import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isDuplicateKey } from '@partyline/mongo';
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
    const changed: InboxChange[] = [];
    for (const change of changes) {
      const { tenantId, revision, inbox } = change;
      try {
        const before = await this.collection.findOneAndUpdate(
          { tenantId, id: inbox.id, revision: { $lt: revision } },
          { $set: { ...inbox, revision } },
          { upsert: true, returnDocument: 'before' },
        );
        if (before && before.alertAfterMinutes !== inbox.alertAfterMinutes) changed.push(change);
      } catch (error) {
        // The filter found nothing although the inbox is there: what is stored is as new or newer.
        if (!isDuplicateKey(error)) throw error;
      }
    }
    return changed;
  }

  override async find(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Inbox>> {
    const found = await this.collection.find({ tenantId, id: { $in: [...ids] } }).toArray();
    return new Map(found.map((inbox) => [inbox.id, inbox]));
  }

  private get collection(): mongo.Collection<InboxDocument> {
    return databaseOf(this.connection).collection<InboxDocument>('inboxes');
  }
}
