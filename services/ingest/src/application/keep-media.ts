import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import { MediaInspector } from './media-inspector.js';
import type { FileFacts } from './media-store.js';
import { ObjectStore, type Bytes } from './object-store.js';

export interface KeptFile {
  readonly file: FileFacts;
  readonly small: FileFacts | null;
}

export interface MediaKey {
  readonly tenantId: string;
  readonly mediaId: string;
}

const WORD = /^[A-Za-z0-9_-]+$/;

/** Where the bytes of one file lie. Throws a RangeError for ids that are no words: they become paths. */
export function objectKey({ tenantId, mediaId }: MediaKey, size: 'full' | 'small'): string {
  for (const id of [tenantId, mediaId]) {
    if (!WORD.test(id)) throw new RangeError(`"${id}" cannot be part of the name of a stored file`);
  }
  return `${tenantId}/${mediaId}/${size}`;
}

/** Puts the bytes of a file, and of its small version, where they stay; what is known of it is recorded after that. */
@Injectable()
export class KeepMedia {
  constructor(
    private readonly objects: ObjectStore,
    private readonly inspector: MediaInspector,
  ) {}

  async execute(key: MediaKey, bytes: Bytes): Promise<KeptFile> {
    const small = await this.inspector.smaller(bytes);
    await this.objects.put(objectKey(key, 'full'), bytes);
    failpoint('ingest.media-half-stored');
    if (small) await this.objects.put(objectKey(key, 'small'), small);
    return { file: factsOf(bytes), small: small && factsOf(small) };
  }

  async drop(key: MediaKey): Promise<void> {
    await this.objects.drop(objectKey(key, 'full'));
    await this.objects.drop(objectKey(key, 'small'));
  }
}

const factsOf = ({ contentType, body }: Bytes): FileFacts => ({ contentType, bytes: body.length });
