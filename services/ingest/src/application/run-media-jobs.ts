import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { nextTryAt } from '../domain/media.js';
import { FetchMedia } from './fetch-media.js';
import { KeepMedia } from './keep-media.js';
import { MediaStore } from './media-store.js';

/** Longer than a fetch with all its redirects, and keeping what came, may take. */
const CLAIM_MS = 120_000;
const AT_ONCE = 4;
const FORGOTTEN_AT_ONCE = 50;

/** Fetches what customers sent, before the carrier forgets it; every replica takes some. */
@Injectable()
export class RunMediaJobs {
  constructor(
    private readonly store: MediaStore,
    private readonly fetchMedia: FetchMedia,
    private readonly keep: KeepMedia,
    private readonly clock: Clock,
  ) {}

  /** Resolves when nothing is due. */
  async execute(signal: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.work(signal)));
    await this.dropOverdue(signal);
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.clock.now();
      const due = await this.store.claimDue(now, new Date(now.getTime() + CLAIM_MS));
      if (!due) return;
      const outcome = await this.fetchMedia.execute(due);
      if (!('reason' in outcome)) continue;
      const again = nextTryAt(outcome, due.tries, this.clock.now());
      await this.store.failed(due, outcome.reason, again);
    }
  }

  /** Files that no reply carries; and once more those that were erased, for whoever was about to keep them and died. */
  private async dropOverdue(signal: AbortSignal): Promise<void> {
    for (const { tenantId, mediaId } of await this.store.overdue(this.clock.now(), FORGOTTEN_AT_ONCE)) {
      if (signal.aborted) return;
      // The record goes last: while it is there, the bytes are found again.
      await this.keep.drop({ tenantId, mediaId });
      failpoint('ingest.upload-dropped');
      await this.store.dropped(tenantId, mediaId);
    }
  }
}
