import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { findCarrier, SecretBox } from '@partyline/carriers';
import { failpoint } from '@partyline/kernel';
import { isServedType, type MediaRef } from '../domain/media-link.js';
import { AccountStore } from './account-store.js';
import {
  MediaFetcher,
  MediaStore,
  type FetchedMedia,
  type MediaFile,
  type MediaProblem,
} from './media-ports.js';

/** One picture: from the store, or once from the carrier. */
@Injectable()
export class OpenMedia {
  private readonly logger = new Logger(OpenMedia.name);
  private readonly fetching = new Map<string, Promise<FetchedMedia | MediaProblem>>();

  constructor(
    private readonly store: MediaStore,
    private readonly fetcher: MediaFetcher,
    private readonly accounts: AccountStore,
    private readonly secrets: SecretBox,
  ) {}

  async execute(ref: MediaRef): Promise<MediaFile | MediaProblem> {
    const kept = await this.store.find(ref);
    if (kept) return kept;
    const fetched = await this.fetchOnce(ref);
    if ('reason' in fetched) {
      this.logger.warn(`Media ${ref.mediaId} of account "${ref.accountId}" is not shown: ${fetched.reason}`);
      return fetched;
    }
    const { contentType, body } = fetched;
    return {
      contentType,
      bytes: body.length,
      read: (start, end) => Readable.from([body.subarray(start, end)]),
    };
  }

  /** Many viewers of a new picture are one request to the carrier. */
  private fetchOnce(ref: MediaRef): Promise<FetchedMedia | MediaProblem> {
    const key = JSON.stringify(ref);
    const running = this.fetching.get(key);
    if (running) return running;
    const started = this.fetchAndKeep(ref).finally(() => this.fetching.delete(key));
    this.fetching.set(key, started);
    return started;
  }

  private async fetchAndKeep(ref: MediaRef): Promise<FetchedMedia | MediaProblem> {
    const account = await this.accounts.find(ref.accountId);
    if (account?.tenantId !== ref.tenantId) return { kind: 'refused', reason: 'its carrier account is gone' };
    const carrier = findCarrier(account.carrier);
    const { id, publicUrl, settings, sealed } = account;
    const open = { id, publicUrl, settings, secrets: this.secrets.openAll(id, sealed) };
    const fetched = await this.fetcher.fetch(ref.url, (url) => carrier?.mediaHeaders(url, open) ?? {});
    if ('reason' in fetched) return fetched;
    if (!isServedType(fetched.contentType)) {
      return { kind: 'refused', reason: `it is ${fetched.contentType}, which is not shown to people` };
    }
    failpoint('ingest.media-fetched');
    await this.store.keep(ref, fetched);
    failpoint('ingest.media-kept');
    return fetched;
  }
}
