import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../../application/sessions/password-hasher.js';

/** The least that OWASP's password storage sheet asks of Argon2id, which is this library's default algorithm. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  /** The hash of a password that nobody has: what an unknown email is compared with. */
  private readonly nobody = hash('no account has this password', PARAMETERS);

  override hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }

  override async verify(stored: string | null, password: string): Promise<boolean> {
    const matches = await verify(stored ?? (await this.nobody), password);
    return matches && stored !== null;
  }
}
