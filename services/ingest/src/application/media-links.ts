import { createHmac, hkdfSync } from 'node:crypto';
import { sameSecret } from '@partyline/carriers';
import { z } from 'zod';
import type { MediaRef } from '../domain/media-link.js';

const content = z.object({ t: z.string(), a: z.string(), m: z.string(), u: z.string(), e: z.number() });

/**
 * Links to media that only this installation can make: `/media/<id>?token=<content>.<signature>`, both base64url,
 * signed with HMAC-SHA256 under a key derived (HKDF, RFC 5869) from the installation's key. The token stands in the
 * query because paths are logged.
 */
export class MediaLinks {
  readonly #key: Buffer;

  /** `secretsKey`: 32 bytes as base64. */
  constructor(secretsKey: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', Buffer.from(secretsKey, 'base64'), '', 'partyline media links', 32),
    );
  }

  sign(ref: MediaRef, expiresAt: Date): string {
    const claims: z.infer<typeof content> = {
      t: ref.tenantId,
      a: ref.accountId,
      m: ref.mediaId,
      u: ref.url,
      e: expiresAt.getTime(),
    };
    const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `/media/${encodeURIComponent(ref.mediaId)}?token=${text}.${this.#mac(text)}`;
  }

  /** null where it was not made here, was changed, or has expired. */
  open(token: string, now: Date): MediaRef | null {
    const [text = '', mac = '', more] = token.split('.');
    if (more !== undefined || !sameSecret(mac, this.#mac(text))) return null;
    const claims = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (claims.e <= now.getTime()) return null;
    return { tenantId: claims.t, accountId: claims.a, mediaId: claims.m, url: claims.u };
  }

  #mac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}
