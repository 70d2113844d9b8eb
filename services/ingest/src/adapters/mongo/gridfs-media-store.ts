import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import { isDuplicateKey } from '@partyline/mongo';
import { type Connection, mongo } from 'mongoose';
import { MediaStore, type FetchedMedia, type MediaFile } from '../../application/media-ports.js';
import type { MediaRef } from '../../domain/media-link.js';
import { databaseOf, MEDIA_BUCKET, type MediaFileDocument } from './collections.js';

@Injectable()
export class GridFsMediaStore extends MediaStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async find(ref: MediaRef): Promise<MediaFile | null> {
    const file = await databaseOf(this.connection)
      .collection<MediaFileDocument>(`${MEDIA_BUCKET}.files`)
      .findOne({ 'metadata.tenantId': ref.tenantId, 'metadata.key': keyOf(ref) });
    if (!file) return null;
    return {
      contentType: file.metadata.contentType,
      bytes: file.length,
      read: (start = 0, end = file.length) => this.bucket.openDownloadStream(file._id, { start, end }),
    };
  }

  /** The file's entry is written last and is unique, so of two that keep the same one, one takes its parts back. */
  override async keep(ref: MediaRef, { contentType, body }: FetchedMedia): Promise<void> {
    const metadata = { tenantId: ref.tenantId, key: keyOf(ref), contentType, accountId: ref.accountId };
    const upload = this.bucket.openUploadStream(ref.mediaId, { metadata });
    try {
      await pipeline(Readable.from([body]), upload);
    } catch (error) {
      await databaseOf(this.connection)
        .collection(`${MEDIA_BUCKET}.chunks`)
        .deleteMany({ files_id: upload.id });
      if (!isDuplicateKey(error)) throw error;
    }
  }

  override async drop(ref: MediaRef): Promise<void> {
    const file = await databaseOf(this.connection)
      .collection<MediaFileDocument>(`${MEDIA_BUCKET}.files`)
      .findOne({ 'metadata.tenantId': ref.tenantId, 'metadata.key': keyOf(ref) });
    if (file) await this.bucket.delete(file._id);
  }

  private get bucket(): mongo.GridFSBucket {
    return new mongo.GridFSBucket(databaseOf(this.connection), { bucketName: MEDIA_BUCKET });
  }
}

const keyOf = ({ accountId, mediaId, url }: MediaRef): string => derivedId('mf', accountId, mediaId, url);
