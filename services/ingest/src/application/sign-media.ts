import { Injectable } from '@nestjs/common';
import { MediaLinks } from '@partyline/carriers';
import { isUploadUrl, type Refusal } from '@partyline/contracts';
import { Clock, ok, type Result } from '@partyline/kernel';
import { MEDIA_LINK_MS, type MediaRef } from '../domain/media.js';
import { AccountStore } from './account-store.js';
import { notFound } from './refusal.js';

/** A path on this service that serves one picture for some minutes, for a caller that checked who may see it. */
@Injectable()
export class SignMedia {
  constructor(
    private readonly accounts: AccountStore,
    private readonly links: MediaLinks,
    private readonly clock: Clock,
  ) {}

  async execute(ref: MediaRef): Promise<Result<{ path: string }, Refusal>> {
    if (!isUploadUrl(ref.url)) {
      const account = await this.accounts.find(ref.accountId);
      if (account?.tenantId !== ref.tenantId) return notFound(ref.accountId);
    }
    return ok({ path: this.links.sign(ref, new Date(this.clock.now().getTime() + MEDIA_LINK_MS)) });
  }
}
