import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { MediaProblem, MediaRef } from '../domain/media.js';
import { FetchMedia } from './fetch-media.js';
import { objectKey, type KeptFile } from './keep-media.js';
import { MediaStore, type FileFacts } from './media-store.js';
import { ObjectStore } from './object-store.js';

export interface OpenFile extends FileFacts {
  /** From byte `start` to before byte `end`; null where its bytes are lost. */
  read(start: number, end: number): Promise<Readable | null>;
}

/** One picture or file: from the object store, or once from the carrier. */
@Injectable()
export class OpenMedia {
  constructor(
    private readonly store: MediaStore,
    private readonly objects: ObjectStore,
    private readonly fetchMedia: FetchMedia,
  ) {}

  /** `small` gives the small version where there is one, else all of it. */
  async execute(ref: MediaRef, size: 'full' | 'small'): Promise<OpenFile | MediaProblem> {
    const record = await this.store.find(ref.tenantId, ref.mediaId);
    if (record?.state === 'erased') return { kind: 'refused', reason: 'it was erased' };
    if (record?.file) return this.opened(ref, { file: record.file, small: record.small }, size);
    const fetched = await this.fetchMedia.execute(ref);
    return 'reason' in fetched ? fetched : this.opened(ref, fetched, size);
  }

  private opened(ref: MediaRef, { file, small }: KeptFile, size: 'full' | 'small'): OpenFile {
    const wanted = size === 'small' && small ? 'small' : 'full';
    const facts = wanted === 'small' && small ? small : file;
    return { ...facts, read: (start, end) => this.objects.read(objectKey(ref, wanted), start, end) };
  }
}
