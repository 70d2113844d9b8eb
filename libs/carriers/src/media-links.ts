import { createHmac, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { extensionOf } from './media-names.js';
import { sameSecret } from './secure-compare.js';

/** One picture or file of a message. */
export interface MediaRef {
  readonly tenantId: string;
  readonly accountId: string;
  readonly mediaId: string;
  /** Where the carrier keeps it, or `upload:<mediaId>` where it came from one of our people. */
  readonly url: string;
}

/** A file that one of our people may hand in, once. */
export interface UploadRef {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly mediaId: string;
  readonly userId: string;
}

const media = z.object({ t: z.string(), a: z.string(), m: z.string(), u: z.string(), e: z.number() });
const upload = z.object({ t: z.string(), c: z.string(), m: z.string(), b: z.string(), e: z.number() });

/**
 * Links to media that only this installation can make: `/media/<id>[.<extension>]?token=<content>.<signature>`, both base64url,
 * signed with HMAC-SHA256 under a key derived (HKDF, RFC 5869) from the installation's key. The token stands in the
 * query because paths are logged. What may be read and what may be handed in have keys of their own.
 */
export class MediaLinks {
  readonly #reading: Buffer;
  readonly #uploading: Buffer;

  /** `secretsKey`: 32 bytes as base64. */
  constructor(secretsKey: string) {
    this.#reading = derivedKey(secretsKey, 'partyline media links');
    this.#uploading = derivedKey(secretsKey, 'partyline media uploads');
  }

  /**
   * `contentType`: what it is, where a carrier has to see that in its name. The name is not signed: what is served is the
   * file of the token, with its own type.
   */
  sign(
    { tenantId, accountId, mediaId, url }: MediaRef,
    expiresAt: Date,
    contentType: string | null = null,
  ): string {
    const claims: z.infer<typeof media> = {
      t: tenantId,
      a: accountId,
      m: mediaId,
      u: url,
      e: expiresAt.getTime(),
    };
    const extension = extensionOf(contentType);
    const name = encodeURIComponent(mediaId) + (extension === null ? '' : `.${extension}`);
    return `/media/${name}?token=${tokenOf(claims, this.#reading)}`;
  }

  /** null where it was not made here, was changed, or has expired. */
  open(token: string, now: Date): MediaRef | null {
    const claims = claimsOf(token, this.#reading, media, now);
    return claims && { tenantId: claims.t, accountId: claims.a, mediaId: claims.m, url: claims.u };
  }

  signUpload({ tenantId, conversationId, mediaId, userId }: UploadRef, expiresAt: Date): string {
    const claims: z.infer<typeof upload> = {
      t: tenantId,
      c: conversationId,
      m: mediaId,
      b: userId,
      e: expiresAt.getTime(),
    };
    return `/uploads/${encodeURIComponent(mediaId)}?token=${tokenOf(claims, this.#uploading)}`;
  }

  /** null as in {@link open}. */
  openUpload(token: string, now: Date): UploadRef | null {
    const claims = claimsOf(token, this.#uploading, upload, now);
    return claims && { tenantId: claims.t, conversationId: claims.c, mediaId: claims.m, userId: claims.b };
  }
}

/** Where carriers reach `/media` of this installation; `publicUrl`: an account's, `https://host/prefix/hooks/<carrier>/<account>`. */
export function mediaBase(publicUrl: string): string {
  const hooks = publicUrl.indexOf('/hooks/');
  return hooks === -1 ? new URL(publicUrl).origin : publicUrl.slice(0, hooks);
}

function derivedKey(secretsKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secretsKey, 'base64'), '', purpose, 32));
}

function tokenOf(claims: object, key: Buffer): string {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${text}.${macOf(text, key)}`;
}

function claimsOf<C extends { e: number }>(
  token: string,
  key: Buffer,
  schema: z.ZodType<C>,
  now: Date,
): C | null {
  const [text = '', mac = '', more] = token.split('.');
  if (more !== undefined || !sameSecret(mac, macOf(text, key))) return null;
  const claims = schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  return claims.e <= now.getTime() ? null : claims;
}

function macOf(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
