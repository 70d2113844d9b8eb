import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Repeating } from '@partyline/mongo';
import { RunMediaJobs } from '../../application/run-media-jobs.js';

const LOOK_AGAIN_MS = 1_000;

/** Fetches media in the background, in every replica. */
@Injectable()
export class MediaWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Repeating;

  constructor(jobs: RunMediaJobs) {
    this.work = new Repeating('Fetching media', LOOK_AGAIN_MS, () => jobs.execute(this.ending.signal));
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }
}
