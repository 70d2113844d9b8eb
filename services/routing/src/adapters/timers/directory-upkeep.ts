import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { StreamReset } from '@partyline/bus';
import { Lease, Occasions, Repeating } from '@partyline/mongo';
import { Directories } from '../../application/directories.js';
import { PublishDirectory } from '../../application/publish-directory.js';

/** How long a replica may decide by what another one has changed meanwhile, milliseconds. */
const REFRESH_MS = 1000;
/** Changes are told at once; this is for what a crash or a lost bus left over. */
const RELAY_MS = 5000;
const LEASE_MS = 15_000;
/** Streams forget after some days; a consumer that lost its database learns all of it again within one. */
const TELL_AGAIN_MS = 86_400_000;

/** Keeps the directories in memory fresh and the other services told. */
@Injectable()
export class DirectoryUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly refresh = new Repeating('refresh of directories', REFRESH_MS, () =>
    this.directories.refresh(),
  );
  private readonly relay = new Repeating('relay of directory changes', RELAY_MS, () =>
    this.lease.runExclusively('directory-relay', LEASE_MS, () => this.publishDirectory.execute()),
  );
  private readonly repeat = new Repeating('repeat of the directory', RELAY_MS, () =>
    this.occasions.runWhenDue('tell-again', TELL_AGAIN_MS, () => this.publishDirectory.everything()),
  );

  constructor(
    private readonly directories: Directories,
    private readonly publishDirectory: PublishDirectory,
    private readonly lease: Lease,
    private readonly occasions: Occasions,
    private readonly streamReset: StreamReset,
  ) {}

  onApplicationBootstrap(): void {
    this.streamReset.onStreamCreated(() => this.publishDirectory.everything());
    this.refresh.start();
    this.relay.start();
    this.repeat.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.refresh.stop(), this.relay.stop(), this.repeat.stop()]);
  }
}
