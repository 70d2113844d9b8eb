import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Text that only the holder of the key can have made: `<text>.<HMAC-SHA256>`, the same for the same text. */
export class SignedText {
  private readonly key: Buffer;

  /** `purpose` keeps the keys of different uses of one secret apart (HKDF, RFC 5869). */
  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  sign(text: string): string {
    return `${text}.${this.mac(text).toString('base64url')}`;
  }

  /** The text, where the signature is ours; null otherwise. Compares in constant time. */
  open(signed: string): string | null {
    const dot = signed.lastIndexOf('.');
    if (dot < 0) return null;
    const text = signed.slice(0, dot);
    const given = Buffer.from(signed.slice(dot + 1), 'base64url');
    const expected = this.mac(text);
    return given.length === expected.length && timingSafeEqual(given, expected) ? text : null;
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
