import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import {
  MediaStore,
  type ExpectedMedia,
  type FileFacts,
  type MediaRecord,
  type ExpectedUpload,
  type KeptUpload,
} from '../../application/media-store.js';
import type { MediaRef } from '../../domain/media.js';
import { databaseOf, MEDIA, type MediaDocument } from './collections.js';
import { MEDIA_DUE } from './indexes.js';

@Injectable()
export class MongoMediaStore extends MediaStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get media(): mongo.Collection<MediaDocument> {
    return databaseOf(this.connection).collection<MediaDocument>(MEDIA);
  }

  override async find(tenantId: string, mediaId: string): Promise<MediaRecord | null> {
    const found = await this.media.findOne({ _id: mediaId, tenantId });
    return found && recordOf(found);
  }

  override async ofMessage(tenantId: string, messageId: string): Promise<MediaRecord[]> {
    return (await this.media.find({ tenantId, messageId }).toArray()).map(recordOf);
  }

  override async expect(media: readonly ExpectedMedia[], now: Date): Promise<void> {
    if (media.length === 0) return;
    await this.media.bulkWrite(
      media.map(({ mediaId, ...ref }) => ({
        updateOne: {
          filter: { _id: mediaId },
          update: { $setOnInsert: { ...UNKNOWN, ...ref, state: 'waiting', dueAt: now } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  override async claimDue(now: Date, until: Date): Promise<MediaRecord | null> {
    const found = await this.media.findOneAndUpdate(
      { state: 'waiting', dueAt: { $lte: now } },
      { $set: { dueAt: until }, $inc: { tries: 1 } },
      { sort: { dueAt: 1 }, hint: MEDIA_DUE.key, returnDocument: 'after' },
    );
    return found && recordOf(found);
  }

  override async kept(ref: MediaRef, file: FileFacts, small: FileFacts | null): Promise<boolean> {
    const { mediaId: _id, tenantId, accountId, url } = ref;
    try {
      await this.media.updateOne(
        { _id, tenantId, state: { $ne: 'erased' } },
        {
          $set: { state: 'kept', file, small, reason: null },
          $unset: { dueAt: '' },
          $setOnInsert: { accountId, url, messageId: null, tries: 0 },
        },
        { upsert: true },
      );
      return true;
    } catch (error) {
      // The only one of its id that the filter does not meet is an erased one.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  override async failed({ tenantId, mediaId }: MediaRef, reason: string, again: Date | null): Promise<void> {
    await this.media.updateOne(
      { _id: mediaId, tenantId, state: { $in: ['waiting', 'failed'] } },
      again === null
        ? { $set: { state: 'failed', reason }, $unset: { dueAt: '' } }
        : { $set: { reason, dueAt: again } },
    );
  }

  override async erase(
    tenantId: string,
    messageIds: readonly string[],
    media: readonly MediaRef[],
    settled: Date,
  ): Promise<void> {
    const nothing = { url: '', reason: null, file: null, small: null } as const;
    const erased = { state: 'erased', ...nothing, expiresAt: settled } as const;
    const nowhere = { $unset: { dueAt: '' } } as const;
    await this.media.updateMany(
      { tenantId, messageId: { $in: [...messageIds] } },
      { $set: erased, ...nowhere },
    );
    if (media.length === 0) return;
    await this.media.bulkWrite(
      media.map(({ mediaId, accountId }) => ({
        updateOne: {
          filter: { _id: mediaId, tenantId },
          update: { $set: erased, ...nowhere, $setOnInsert: { accountId, messageId: null, tries: 0 } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  override async idsOf(tenantId: string, messageIds: readonly string[]): Promise<string[]> {
    const found = await this.media
      .find({ tenantId, messageId: { $in: [...messageIds] } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  override async expectUpload({ mediaId, ...upload }: ExpectedUpload, expiresAt: Date): Promise<void> {
    await this.media.updateOne(
      { _id: mediaId },
      { $setOnInsert: { ...UNKNOWN, accountId: '', ...upload, state: 'waiting', expiresAt } },
      { upsert: true },
    );
  }

  override async uploadKept({ tenantId, mediaId, file, small }: KeptUpload): Promise<void> {
    await this.media.updateOne(
      { _id: mediaId, tenantId, state: 'waiting' },
      { $set: { state: 'kept', file, small } },
    );
  }

  override async uploadsOf(
    tenantId: string,
    conversationId: string,
    mediaIds: readonly string[],
    until: Date,
  ): Promise<MediaRecord[]> {
    const these = { _id: { $in: [...mediaIds] }, tenantId, conversationId, state: 'kept' } as const;
    await this.media.updateMany({ ...these, expiresAt: { $exists: true } }, { $max: { expiresAt: until } });
    return (await this.media.find(these).toArray()).map(recordOf);
  }

  override async attach(tenantId: string, messageId: string, mediaIds: readonly string[]): Promise<void> {
    await this.media.updateMany(
      { _id: { $in: [...mediaIds] }, tenantId, state: 'kept' },
      { $set: { messageId }, $unset: { expiresAt: '' } },
    );
  }

  override async overdue(moment: Date, limit: number): Promise<MediaRecord[]> {
    const found = await this.media
      .find({ expiresAt: { $lte: moment } })
      .limit(limit)
      .toArray();
    return found.map(recordOf);
  }

  override async dropped(tenantId: string, mediaId: string): Promise<void> {
    const one = { _id: mediaId, tenantId, expiresAt: { $exists: true } } as const;
    await this.media.updateOne({ ...one, state: 'erased' }, { $unset: { expiresAt: '' } });
    await this.media.deleteOne({ ...one, state: { $ne: 'erased' } });
  }
}

const UNKNOWN = { messageId: null, tries: 0, reason: null, file: null, small: null } as const;

const recordOf = ({ _id, ...document }: MediaDocument): MediaRecord => ({ mediaId: _id, ...document });
