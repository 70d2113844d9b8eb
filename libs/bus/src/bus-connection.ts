import { Logger } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { retryDelay } from './backoff.js';
import type { BusOptions } from './bus-options.js';
import { messageOf, pause } from './pause.js';
import { parseServerAddress, type ServerAddress } from './server-address.js';

/** The bus cannot be reached now; the client library keeps trying to come back. */
export class BusDisconnected extends Error {
  override readonly name = 'BusDisconnected';

  constructor() {
    super('the message bus (NATS) cannot be reached at the moment');
  }
}

/** This process's one connection to NATS: made in the background, kept for ever, and fatal when it is lost for good. */
export class BusConnection {
  private readonly logger = new Logger('Bus');
  private readonly address: ServerAddress;
  private readonly ending = new AbortController();
  private readonly connectedListeners = new Set<() => void>();
  private readonly disconnectedListeners = new Set<() => void>();
  private connection: NatsConnection | undefined;
  private connected = false;
  private connecting: Promise<void> | undefined;

  /** `onLost`: what to do when the connection is closed for good, which no work can survive. */
  constructor(
    private readonly options: BusOptions,
    private readonly onLost: () => void = () => process.exit(1),
  ) {
    this.address = parseServerAddress(options.natsUrl);
  }

  /** Begins to connect; resolves when that succeeded or after `patienceMs`, while it goes on trying. */
  async start(patienceMs = 2_000): Promise<void> {
    this.connecting ??= this.connectForEver();
    const giveUp = new AbortController();
    await Promise.race([this.connecting, pause(patienceMs, giveUp.signal)]);
    giveUp.abort();
  }

  get isConnected(): boolean {
    return this.connected;
  }

  /** Throws {@link BusDisconnected}. */
  get(): NatsConnection {
    if (!this.connection || !this.connected) throw new BusDisconnected();
    return this.connection;
  }

  /** Rejects with {@link BusDisconnected} as soon as the connection is lost; whether the work was done is unknown then. */
  async whileConnected<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const connection = this.get();
    let forget = (): void => {};
    const lost = new Promise<never>((_resolve, reject) => {
      forget = this.onDisconnected(() => reject(new BusDisconnected()));
    });
    try {
      return await Promise.race([work(connection), lost]);
    } finally {
      forget();
    }
  }

  /** Called at once when connected, and after each reconnect. */
  onConnected(listener: () => void): () => void {
    this.connectedListeners.add(listener);
    if (this.connected) listener();
    return () => void this.connectedListeners.delete(listener);
  }

  onDisconnected(listener: () => void): () => void {
    this.disconnectedListeners.add(listener);
    return () => void this.disconnectedListeners.delete(listener);
  }

  /** Sends what is still to be sent and disconnects. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.connecting;
    const connection = this.connection;
    if (!connection || connection.isClosed()) return;
    const drained = this.connected ? connection.drain() : connection.close();
    await drained.catch((error: unknown) => this.logger.warn(`Leaving the bus: ${messageOf(error)}`));
  }

  private async connectForEver(): Promise<void> {
    const { signal } = this.ending;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        this.connection = await this.connectOnce();
        break;
      } catch (error) {
        const where = this.address.servers.join(', ');
        this.logger.warn(`NATS at ${where} cannot be reached (${messageOf(error)}); trying again.`);
        await pause(retryDelay(attempt, Math.random, 2_000), signal);
      }
    }
    if (this.connection) this.watch(this.connection);
  }

  private connectOnce(): Promise<NatsConnection> {
    const { servers, user, pass, tls } = this.address;
    return connect({
      servers,
      ...(user === undefined ? {} : { user }),
      ...(pass === undefined ? {} : { pass }),
      ...(tls ? { tls: {} } : {}),
      name: this.options.service,
      // Users may subscribe under their own prefix only, so that no service can listen in on another's answers.
      inboxPrefix: `_INBOX_${this.options.service}`,
      // The default of ten attempts leaves a process that lives but hears nothing.
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      timeout: 5_000,
      // A stack trace for each request costs more than the request.
      noAsyncTraces: true,
      pingInterval: 10_000,
      maxPingOut: 2,
    });
  }

  private watch(connection: NatsConnection): void {
    void this.followStatus(connection);
    void connection.closed().then((error) => {
      this.become(false);
      if (this.ending.signal.aborted) return;
      this.logger.fatal(
        `The connection to NATS is closed for good (${error ? error.message : 'no reason given'}).`,
      );
      this.onLost();
    });
    this.become(true);
  }

  private async followStatus(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.become(false);
      else if (status.type === 'reconnect') this.become(true);
      else if (status.type === 'error') this.logger.error(`NATS: ${status.error.message}`);
      else if (status.type === 'slowConsumer')
        this.logger.warn('NATS: this process does not keep up with its messages');
    }
  }

  private become(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    const leaving = this.ending.signal.aborted;
    if (connected)
      this.logger.log(`Connected to NATS at ${this.connection?.getServer() ?? 'an unknown address'}.`);
    else if (!leaving) this.logger.warn('Disconnected from NATS; reconnecting.');
    for (const listener of connected ? this.connectedListeners : this.disconnectedListeners) listener();
  }
}
