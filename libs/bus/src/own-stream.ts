import { Logger } from '@nestjs/common';
import {
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  StorageType,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { failpoint } from '@partyline/kernel';
import { retryDelay } from './backoff.js';
import type { BusConnection } from './bus-connection.js';
import { messageOf, pause } from './pause.js';
import { ANNOUNCED, differsFrom, streamConfig } from './stream-config.js';
import { StreamReset } from './stream-reset.js';

const LOOK_EVERY_MS = 15_000;
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Makes this service's stream where it is missing, keeps its configuration, and tells when it was made. That it was
 * told is written into the stream's own metadata, so a crash in between only makes it told again.
 *
 * That second write is needed for another reason, too: nats-server (2.15) keeps a stream's configuration and its
 * checksum in two files. A crash between the two loses the stream at every following start, though its messages are
 * there; making it anew brings the messages back but leaves the two files as they are, and only an update mends them.
 */
export class OwnStream extends StreamReset {
  private readonly logger = new Logger('Bus');
  private readonly listeners: (() => void | Promise<void>)[] = [];
  private readonly ending = new AbortController();
  private readonly unsubscribe: (() => void)[] = [];
  private started = false;
  private keeping: Promise<void> | undefined;
  private ensuring: Promise<StreamInfo> | undefined;

  constructor(
    private readonly connection: BusConnection,
    private readonly name: string | undefined,
    private readonly inMemory = false,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {
    super();
  }

  override onStreamCreated(listener: () => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Begins to look after the stream: after every reconnect, and from time to time. */
  start(): void {
    if (this.name === undefined) return;
    this.started = true;
    this.unsubscribe.push(this.connection.onConnected(() => this.keep()));
    const timer = setInterval(() => this.connection.isConnected && this.keep(), LOOK_EVERY_MS);
    this.unsubscribe.push(() => clearInterval(timer));
  }

  async stop(): Promise<void> {
    this.ending.abort();
    for (const undo of this.unsubscribe) undo();
    await this.keeping;
  }

  /** The stream exists when this resolves. Rejects while the bus or its JetStream cannot be reached. */
  ensure(): Promise<StreamInfo> {
    this.ensuring ??= this.connection
      .whileConnected((nats) => this.makeOrUpdate(nats))
      .finally(() => {
        this.ensuring = undefined;
      });
    return this.ensuring;
  }

  private keep(): void {
    this.keeping ??= this.keepUntilDone().finally(() => {
      this.keeping = undefined;
    });
  }

  private async keepUntilDone(): Promise<void> {
    const { signal } = this.ending;
    for (let attempt = 1; !signal.aborted && this.connection.isConnected; attempt += 1) {
      try {
        const info = await this.ensure();
        if (info.config.metadata?.[ANNOUNCED] === undefined) await this.announce();
        return;
      } catch (error) {
        this.logger.warn(`Stream "${this.name}" is not in order (${messageOf(error)}); trying again.`);
        await pause(retryDelay(attempt, Math.random, 5_000), signal);
      }
    }
  }

  private async announce(): Promise<void> {
    failpoint('bus.stream-made');
    for (const listener of this.listeners) await listener();
    failpoint('bus.stream-told');
    await this.connection.whileConnected(async (nats) => {
      const manager = await managerOf(nats);
      const wanted = this.config();
      wanted.storage = (await manager.streams.info(wanted.name)).config.storage;
      return manager.streams.update(wanted.name, { ...wanted, metadata: { [ANNOUNCED]: '1' } });
    });
  }

  private async makeOrUpdate(nats: NatsConnection): Promise<StreamInfo> {
    const manager = await managerOf(nats);
    const wanted = this.config();
    let info: StreamInfo;
    try {
      info = await manager.streams.info(wanted.name);
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound)
        throw error;
      this.logger.log(`Stream "${wanted.name}" does not exist: making it.`);
      const made = await manager.streams.add(wanted);
      // Whoever needed it now, those who publish state on it are to be told soon.
      if (this.started) setImmediate(() => this.keep());
      return made;
    }
    // JetStream cannot move a stream: it stays where it was made.
    wanted.storage = info.config.storage;
    if (!differsFrom(info.config, wanted)) return info;
    const metadata = info.config.metadata?.[ANNOUNCED] === undefined ? {} : { [ANNOUNCED]: '1' };
    return manager.streams.update(wanted.name, { ...wanted, metadata });
  }

  private config() {
    if (this.name === undefined)
      throw new Error('this service publishes no stream: give BusModule.forRoot `publishes`');
    const storage = this.inMemory ? StorageType.Memory : StorageType.File;
    return { ...streamConfig(this.name, this.env), storage };
  }
}

function managerOf(nats: NatsConnection): Promise<JetStreamManager> {
  return jetstreamManager(nats, { checkAPI: false, timeout: REQUEST_TIMEOUT_MS });
}
