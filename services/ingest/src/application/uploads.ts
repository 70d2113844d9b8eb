import { Injectable } from '@nestjs/common';
import { MediaLinks, type UploadRef } from '@partyline/carriers';
import { MOST_ATTACHMENT_BYTES, uploadUrl, type Media, type Refusal } from '@partyline/contracts';
import { Clock, fail, failpoint, newId, ok, type Result } from '@partyline/kernel';
import { isServedType, UNSENT_UPLOAD_MS, UPLOAD_LINK_MS } from '../domain/media.js';
import { KeepMedia } from './keep-media.js';
import { MediaInspector } from './media-inspector.js';
import { MediaStore } from './media-store.js';
import { invalid } from './refusal.js';

/** Pictures and files that our people send: handed in first, then named by a reply. */
@Injectable()
export class Uploads {
  constructor(
    private readonly store: MediaStore,
    private readonly keep: KeepMedia,
    private readonly inspector: MediaInspector,
    private readonly links: MediaLinks,
    private readonly clock: Clock,
  ) {}

  /** A path on this service that takes one file, for a caller that checked who may send it. */
  sign(upload: Omit<UploadRef, 'mediaId'>): { path: string } {
    const expiresAt = new Date(this.clock.now().getTime() + UPLOAD_LINK_MS);
    return { path: this.links.signUpload({ ...upload, mediaId: newId('md') }, expiresAt) };
  }

  async take(upload: UploadRef, body: Uint8Array): Promise<Result<Media, Refusal>> {
    if (body.length === 0) return invalid('body', 'The file is empty.');
    if (body.length > MOST_ATTACHMENT_BYTES) return tooLarge();
    const contentType = await this.inspector.contentTypeOf(body);
    if (!isServedType(contentType)) {
      const is = contentType === 'application/octet-stream' ? 'of a kind that is not known' : contentType;
      return invalid(
        'body',
        `This file is ${is}. Pictures, films, sounds, PDF files and contact cards can be sent.`,
      );
    }
    const url = uploadUrl(upload.mediaId);
    await this.store.expectUpload({ ...upload, url }, this.unsentUntil());
    failpoint('ingest.upload-expected');
    const kept = await this.keep.execute(upload, { contentType, body });
    failpoint('ingest.upload-stored');
    await this.store.uploadKept({ ...upload, ...kept });
    failpoint('ingest.upload-recorded');
    return ok({ id: upload.mediaId, url, contentType });
  }

  /** As a reply carries them, in the order asked for. */
  async find(
    tenantId: string,
    conversationId: string,
    mediaIds: readonly string[],
  ): Promise<Result<Media[], Refusal>> {
    const found = await this.store.uploadsOf(tenantId, conversationId, mediaIds, this.unsentUntil());
    const known = new Map(found.map((one) => [one.mediaId, one]));
    const media: Media[] = [];
    for (const id of mediaIds) {
      const one = known.get(id);
      if (!one) return invalid('media', `There is no file "${id}" in this conversation. Attach it again.`);
      media.push({ id, url: one.url, contentType: one.file?.contentType ?? null });
    }
    return ok(media);
  }

  private unsentUntil(): Date {
    return new Date(this.clock.now().getTime() + UNSENT_UPLOAD_MS);
  }
}

export const tooLarge = () =>
  fail<Refusal>({
    code: 'TOO_LARGE',
    message: `A file may have at most ${MOST_ATTACHMENT_BYTES / 1024 / 1024} MB.`,
  });
