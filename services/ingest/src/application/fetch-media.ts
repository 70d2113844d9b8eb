import { Injectable, Logger } from '@nestjs/common';
import { findCarrier, SecretBox } from '@partyline/carriers';
import { isUploadUrl } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { isServedType, type MediaProblem, type MediaRef } from '../domain/media.js';
import { AccountStore } from './account-store.js';
import { KeepMedia, type KeptFile } from './keep-media.js';
import { MediaFetcher } from './media-fetcher.js';
import { MediaStore } from './media-store.js';
import type { Bytes } from './object-store.js';

const GONE: MediaProblem = { kind: 'refused', reason: 'it was erased' };

/** Has a customer's picture or file from the carrier, once, and keeps it. */
@Injectable()
export class FetchMedia {
  private readonly logger = new Logger(FetchMedia.name);
  private readonly running = new Map<string, Promise<KeptFile | MediaProblem>>();

  constructor(
    private readonly store: MediaStore,
    private readonly keep: KeepMedia,
    private readonly fetcher: MediaFetcher,
    private readonly accounts: AccountStore,
    private readonly secrets: SecretBox,
  ) {}

  /** Many viewers of a new picture are one request to the carrier. */
  execute(ref: MediaRef): Promise<KeptFile | MediaProblem> {
    const key = JSON.stringify(ref);
    const running = this.running.get(key);
    if (running) return running;
    const started = this.fetchAndKeep(ref).finally(() => this.running.delete(key));
    this.running.set(key, started);
    return started;
  }

  private async fetchAndKeep(ref: MediaRef): Promise<KeptFile | MediaProblem> {
    const fetched = await this.fetch(ref);
    if ('reason' in fetched) {
      this.logger.warn(`Media ${ref.mediaId} of account "${ref.accountId}" is not kept: ${fetched.reason}`);
      return fetched;
    }
    failpoint('ingest.media-fetched');
    const kept = await this.keep.execute(ref, fetched);
    failpoint('ingest.media-stored');
    if (!(await this.store.kept(ref, kept.file, kept.small))) {
      await this.keep.drop(ref);
      return GONE;
    }
    failpoint('ingest.media-kept');
    return kept;
  }

  private async fetch(ref: MediaRef): Promise<Bytes | MediaProblem> {
    if (isUploadUrl(ref.url)) return refused('it was handed in here and is not there any more');
    const account = await this.accounts.find(ref.accountId);
    if (account?.tenantId !== ref.tenantId) return refused('its carrier account is gone');
    const carrier = findCarrier(account.carrier);
    const { id, publicUrl, settings, sealed } = account;
    const open = { id, publicUrl, settings, secrets: this.secrets.openAll(id, sealed) };
    const headers = (url: URL) => carrier?.mediaHeaders(url, open) ?? {};
    const first = await this.fetcher.fetch(ref.url, headers);
    const link = 'reason' in first ? null : (carrier?.mediaLink?.(new URL(ref.url), first.body) ?? null);
    const fetched = link === null ? first : await this.fetcher.fetch(link, headers);
    if ('reason' in fetched || isServedType(fetched.contentType)) return fetched;
    return refused(`it is ${fetched.contentType}, which is not shown to people`);
  }
}

const refused = (reason: string): MediaProblem => ({ kind: 'refused', reason });
