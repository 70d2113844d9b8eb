import type { MediaRef } from '../domain/media.js';

export interface FileFacts {
  readonly contentType: string;
  readonly bytes: number;
}

/** What is known of one picture or file; its bytes lie in the object store. */
export interface MediaRecord extends MediaRef {
  /** `failed`: it is asked for no more, unless somebody looks at it. `erased`: never again. */
  readonly state: 'waiting' | 'kept' | 'failed' | 'erased';
  /** The message it belongs to; null for an upload that is not sent yet. */
  readonly messageId: string | null;
  readonly tries: number;
  /** Why the last try failed. */
  readonly reason: string | null;
  readonly file: FileFacts | null;
  /** The small version of a large picture. */
  readonly small: FileFacts | null;
}

export interface ExpectedMedia extends MediaRef {
  readonly messageId: string;
}

export interface ExpectedUpload {
  readonly tenantId: string;
  readonly mediaId: string;
  readonly url: string;
  readonly conversationId: string;
  readonly userId: string;
}

export interface KeptUpload {
  readonly tenantId: string;
  readonly mediaId: string;
  readonly file: FileFacts;
  readonly small: FileFacts | null;
}

/** One record for each picture or file, whether a carrier has it or one of our people sent it. */
export abstract class MediaStore {
  abstract find(tenantId: string, mediaId: string): Promise<MediaRecord | null>;
  abstract ofMessage(tenantId: string, messageId: string): Promise<MediaRecord[]>;
  /** Has them fetched; those that are known stay as they are. */
  abstract expect(media: readonly ExpectedMedia[], now: Date): Promise<void>;
  /** One that is due, for this caller alone until `until`; null when none is. `tries` counts this one. */
  abstract claimDue(now: Date, until: Date): Promise<MediaRecord | null>;
  /** False where it was erased meanwhile: then its bytes must not stay either. */
  abstract kept(ref: MediaRef, file: FileFacts, small: FileFacts | null): Promise<boolean>;
  /** `again` null: asked for no more. What is kept stays kept. */
  abstract failed(ref: MediaRef, reason: string, again: Date | null): Promise<void>;
  /**
   * Those that belong to these messages, and these, from now on never to be kept again. Whoever is about to keep one may
   * still store its bytes, and die before it hears of this: they are {@link overdue} at `settled`.
   */
  abstract erase(
    tenantId: string,
    messageIds: readonly string[],
    media: readonly MediaRef[],
    settled: Date,
  ): Promise<void>;
  abstract idsOf(tenantId: string, messageIds: readonly string[]): Promise<string[]>;

  /** Its bytes are about to be stored: whatever becomes of that, they are {@link overdue} then, unless it is sent. */
  abstract expectUpload(upload: ExpectedUpload, expiresAt: Date): Promise<void>;
  /** The first time that it comes. */
  abstract uploadKept(upload: KeptUpload): Promise<void>;
  /** Those of these ids that were handed in for this conversation; they stay until then, sent or not. */
  abstract uploadsOf(
    tenantId: string,
    conversationId: string,
    mediaIds: readonly string[],
    until: Date,
  ): Promise<MediaRecord[]>;
  /** They went out with this message, so they stay. */
  abstract attach(tenantId: string, messageId: string, mediaIds: readonly string[]): Promise<void>;
  /** Those whose bytes have to go: uploads that were never sent, and what was erased. {@link dropped} ends it. */
  abstract overdue(moment: Date, limit: number): Promise<MediaRecord[]>;
  /** An upload is forgotten, where it is still unsent; of what was erased that stays on record. */
  abstract dropped(tenantId: string, mediaId: string): Promise<void>;
}
