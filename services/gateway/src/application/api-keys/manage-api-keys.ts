import { Injectable, Logger } from '@nestjs/common';
import { PERMISSION_WORDS, type Permission } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { Principal } from '../../domain/account.js';
import { madeId } from '../../domain/made-id.js';
import { canTellAgain, writeKey, type ApiKey } from '../../domain/api-key.js';
import type { AccountsChange } from '../accounts/accounts.js';
import { ChangeAccounts } from '../accounts/change-accounts.js';
import { madeBefore, sameSet } from '../made-before.js';
import { Refused } from '../refused.js';
import { Principals } from '../sessions/principals.js';
import { ApiKeys, KeySecrets } from './api-keys.js';

const DAY_MS = 86_400_000;

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** null: until it is revoked. */
  readonly expiresInDays: number | null;
}

/** What an Admin does with the keys of machines. */
@Injectable()
export class ManageApiKeys {
  private readonly log = new Logger('ApiKeys');

  constructor(
    private readonly keys: ApiKeys,
    private readonly secrets: KeySecrets,
    private readonly changes: ChangeAccounts,
    private readonly principals: Principals,
    private readonly clock: Clock,
  ) {}

  list(admin: Principal): Promise<ApiKey[]> {
    return this.keys.list(admin.tenantId);
  }

  /**
   * `secret` is the whole key, which nobody gets to see again. Once for each `commandId`: where it comes again, the
   * answer got lost, so the same key gets another secret, which is told instead of the one that nobody has.
   */
  async create(
    admin: Principal,
    input: NewApiKey,
    commandId: string,
  ): Promise<{ key: ApiKey; secret: string }> {
    const beyond = input.scopes.find((scope) => !admin.permissions.includes(scope));
    if (beyond !== undefined) {
      throw new Refused(
        'FORBIDDEN',
        `You may not ${PERMISSION_WORDS[beyond].verb} yourself, so neither may a key of yours.`,
      );
    }
    const secret = this.secrets.make();
    const now = this.clock.now();
    const key: ApiKey = {
      tenantId: admin.tenantId,
      id: madeId('ak', admin, commandId),
      name: input.name,
      scopes: [...new Set(input.scopes)],
      hash: this.secrets.hash(secret),
      createdBy: { id: admin.userId, name: admin.name },
      createdAt: now,
      expiresAt: input.expiresInDays === null ? null : new Date(now.getTime() + input.expiresInDays * DAY_MS),
      revokedAt: null,
      lastUsedAt: null,
    };
    const made = await this.changes.execute(admin.tenantId, async (change) => {
      const there = await change.apiKey(key.id);
      if (there) await this.repeat(change, there, key);
      else await change.insertApiKey(key);
      return there ?? key;
    });
    if (made !== key) this.principals.forgetUser(admin.tenantId, key.id);
    this.tell(made === key ? 'made' : 'given another secret', admin, made);
    return { key: made, secret: writeKey(made, secret) };
  }

  private async repeat(change: AccountsChange, there: ApiKey, asked: ApiKey): Promise<void> {
    madeBefore('API key', there, there.name === asked.name && sameSet(there.scopes, asked.scopes));
    if (!canTellAgain(there, asked.createdAt)) {
      throw new Refused(
        'IN_USE',
        `This Idempotency-Key made the API key ${there.name} before, and its secret is told no more. Revoke it and send a new key.`,
      );
    }
    await change.replaceApiKeySecret(there.id, asked.hash);
  }

  /** From the next request on, everywhere, and for streams that are open. */
  async revoke(admin: Principal, keyId: string): Promise<void> {
    const key = await this.changes.execute(admin.tenantId, (change) =>
      change.revokeApiKey(keyId, this.clock.now()),
    );
    if (!key) throw new Refused('NOT_FOUND', 'There is no such API key.');
    this.principals.forgetUser(admin.tenantId, keyId);
    this.tell('revoked', admin, key);
  }

  private tell(what: string, { tenantId, userId }: Principal, { id, name, scopes }: ApiKey): void {
    this.log.log({ tenantId, userId, keyId: id, keyName: name, scopes }, `An API key was ${what}`);
  }
}
