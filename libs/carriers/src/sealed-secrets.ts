import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key that docker-compose.yml ships, so that the demo starts by itself. Everybody knows it: never in production. */
export const DEMO_SECRETS_KEY = 'ZGVtby1vbmx5LWRlbW8tb25seS1kZW1vLW9ubHktMDE=';

/**
 * Secrets at rest: AES-256-GCM under the installation's key. A sealed secret is base64 of
 * `version (1) | nonce (12) | tag (16) | ciphertext`, bound to its account and name, so that it opens nowhere else.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** `key`: 32 bytes as base64 (PARTYLINE_SECRETS_KEY). Throws an Error that says what is wrong with it. */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
    if (this.#key.length !== 32) {
      throw new Error(
        `PARTYLINE_SECRETS_KEY must be 32 bytes in base64, but decodes to ${this.#key.length}: make one with "openssl rand -base64 32"`,
      );
    }
  }

  seal(accountId: string, name: string, secret: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(boundTo(accountId, name));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Throws where the key, the account or the name is another one, or the bytes were changed. */
  open(accountId: string, name: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
    const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    try {
      if (bytes[0] !== VERSION || tag.length !== TAG_BYTES) throw new Error('not a sealed secret');
      const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(boundTo(accountId, name))
        .setAuthTag(tag);
      const secret = decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([secret, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(
        `The secret "${name}" of carrier account "${accountId}" cannot be opened: it was sealed with another ` +
          'PARTYLINE_SECRETS_KEY or was changed. Restore the key, or set the secret again.',
        { cause },
      );
    }
  }

  sealAll(accountId: string, secrets: Readonly<Record<string, string>>): Record<string, string> {
    return mapValues(secrets, (secret, name) => this.seal(accountId, name, secret));
  }

  openAll(accountId: string, sealed: Readonly<Record<string, string>>): Record<string, string> {
    return mapValues(sealed, (secret, name) => this.open(accountId, name, secret));
  }
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string, name: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

/** Lengths first, so that ('ab','c') and ('a','bc') differ. */
function boundTo(accountId: string, name: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(accountId)}:${accountId};${Buffer.byteLength(name)}:${name}`);
}
