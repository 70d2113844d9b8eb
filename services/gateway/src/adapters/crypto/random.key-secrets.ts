import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { KeySecrets } from '../../application/api-keys/api-keys.js';

const SECRET_BYTES = 32;

export class RandomKeySecrets extends KeySecrets {
  override make(): string {
    return randomBytes(SECRET_BYTES).toString('base64url');
  }

  override hash(secret: string): string {
    return createHash('sha256').update(secret).digest('base64url');
  }

  override same(a: string, b: string): boolean {
    const [left, right] = [Buffer.from(a), Buffer.from(b)];
    return left.length === right.length && timingSafeEqual(left, right);
  }
}
