import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DIRECTORY } from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
import { DirectoryOutbox, type UnpublishedRecord } from '../../application/directory-outbox.js';
import { recordsOf, type RecordDocument } from './collections.js';
import { databaseOf } from './database.js';

const TOLD = ['inboxes', 'numbers'] as const;

@Injectable()
export class MongoDirectoryOutbox extends DirectoryOutbox {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async unpublished(limit: number): Promise<UnpublishedRecord[]> {
    const inboxes = await this.find('inboxes', limit);
    const numbers = await this.find('numbers', limit - inboxes.length);
    return [
      ...inboxes.map((found) => ({
        ...placeOf(found),
        kind: 'inboxes' as const,
        record: DIRECTORY.inboxes.parse(found.record),
      })),
      ...numbers.map((found) => ({
        ...placeOf(found),
        kind: 'numbers' as const,
        record: DIRECTORY.numbers.parse(found.record),
        inboxId: found.inboxId,
      })),
    ];
  }

  override async markPublished(records: readonly UnpublishedRecord[]): Promise<void> {
    for (const kind of TOLD) {
      const marks = records
        .filter((record) => record.kind === kind)
        .map(({ tenantId, id, revision }) => ({
          updateOne: {
            filter: { tenantId, id, revision },
            update: {
              $set: { publishedRevision: revision },
              $unset: { unpublished: '' as const, again: '' as const },
            },
          },
        }));
      if (marks.length > 0) await recordsOf(this.db, kind).bulkWrite(marks, { ordered: false });
    }
  }

  override async markAllUnpublished(again: string): Promise<void> {
    for (const kind of TOLD) {
      await recordsOf(this.db, kind).updateMany(
        {},
        { $set: { publishedRevision: 0, unpublished: true, again } },
      );
    }
  }

  private async find(kind: (typeof TOLD)[number], limit: number): Promise<RecordDocument[]> {
    if (limit <= 0) return [];
    return recordsOf(this.db, kind).find({ unpublished: true }).hint('unpublished').limit(limit).toArray();
  }

  private get db(): mongo.Db {
    return databaseOf(this.connection);
  }
}

const placeOf = ({ tenantId, id, revision, removed, again }: RecordDocument) => ({
  tenantId,
  id,
  revision,
  removed,
  ...(again === undefined ? {} : { again }),
});
