import type { ServiceName, StreamName } from '@partyline/contracts';

export interface BusOptions {
  readonly service: ServiceName;
  /** nats://user:password@host:port, several separated by commas; tls:// for TLS. */
  readonly natsUrl: string;
  /** The stream that this service alone publishes to. */
  readonly publishes?: StreamName;
  /**
   * Keeps that stream in the servers' memory: for signals whose truth stands in MongoDB and that nobody needs who was
   * not listening. Each event on disk costs a wait for the disk, which every other stream waits for, too.
   */
  readonly inMemory?: boolean;
  /** Whether this service can serve while the bus is away (ingest can); readiness then does not ask for it. */
  readonly optional?: boolean;
  /** How long an event may be in the hands of a handler that gives no sign of life, milliseconds; 30 000 unless given. */
  readonly ackWaitMs?: number;
}
