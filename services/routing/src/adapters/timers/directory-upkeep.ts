import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { StreamReset } from '@partyline/bus';
import { Lease } from '@partyline/mongo';
import { Directories } from '../../application/directories.js';
import { PublishDirectory } from '../../application/publish-directory.js';
import { Repeating } from './repeating.js';

/** How long a replica may decide by what another one has changed meanwhile, milliseconds. */
const REFRESH_MS = 1000;
/** Changes are told at once; this is for what a crash or a lost bus left over. */
const RELAY_MS = 5000;
const LEASE_MS = 15_000;

/** Keeps the directories in memory fresh and the other services told. */
@Injectable()
export class DirectoryUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly refresh = new Repeating('refresh of directories', REFRESH_MS, () =>
    this.directories.refresh(),
  );
  private readonly relay = new Repeating('relay of directory changes', RELAY_MS, () =>
    this.lease.runExclusively('directory-relay', LEASE_MS, () => this.publishDirectory.execute()),
  );

  constructor(
    private readonly directories: Directories,
    private readonly publishDirectory: PublishDirectory,
    private readonly lease: Lease,
    private readonly streamReset: StreamReset,
  ) {}

  onApplicationBootstrap(): void {
    this.streamReset.onStreamCreated(() => this.publishDirectory.everything());
    this.refresh.start();
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.refresh.stop(), this.relay.stop()]);
  }
}
