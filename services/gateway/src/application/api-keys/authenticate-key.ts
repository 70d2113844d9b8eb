import { Injectable } from '@nestjs/common';
import type { Principal } from '../../domain/account.js';
import { readKey } from '../../domain/api-key.js';
import { KEY_SESSION } from '../../domain/account.js';
import { Principals } from '../sessions/principals.js';
import { KeySecrets } from './api-keys.js';

/** Whose key this is. */
@Injectable()
export class AuthenticateKey {
  constructor(
    private readonly principals: Principals,
    private readonly secrets: KeySecrets,
  ) {}

  /** null: it is none of ours, or holds no more. */
  async execute(text: string): Promise<Principal | null> {
    const read = readKey(text);
    if (!read) return null;
    const { tenantId, id: userId, secret } = read;
    // The hash is part of the session's id, so what is known of the right secret never answers for a wrong one.
    const sessionId = `${KEY_SESSION}${this.secrets.hash(secret)}`;
    return await this.principals.find({ tenantId, userId, sessionId });
  }
}
