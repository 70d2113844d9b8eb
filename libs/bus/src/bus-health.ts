import type { BusConnection } from './bus-connection.js';
import type { EventConsumer } from './event-consumer.js';

/** How far a durable consumer is behind. */
export interface ConsumerLag {
  readonly consumer: string;
  readonly stream: string;
  /** Events that were not delivered yet. */
  readonly pending: number;
  /** Events delivered and not acknowledged, those that wait for their retry included. */
  readonly unacknowledged: number;
}

/** Whether this process can hear and speak on the bus; for readiness and metrics. */
export class BusHealth {
  private consumers: readonly EventConsumer[] = [];

  constructor(
    private readonly connection: BusConnection,
    private readonly optional: boolean,
  ) {}

  watch(consumers: readonly EventConsumer[]): void {
    this.consumers = consumers;
  }

  /** Throws with a sentence while work that needs the bus cannot be done. A stream that is yet to be made is no fault. */
  check(): void {
    if (!this.optional) this.connection.get();
  }

  /** Throws when JetStream does not answer within a second. Consumers that are not attached now are left out. */
  async lags(): Promise<ConsumerLag[]> {
    if (!this.connection.isConnected) return [];
    const healthy = this.consumers.filter(({ isHealthy }) => isHealthy);
    return Promise.all(healthy.map((consumer) => this.lagOf(consumer)));
  }

  private async lagOf({ name, stream }: EventConsumer): Promise<ConsumerLag> {
    const subject = `$JS.API.CONSUMER.INFO.${stream}.${name}`;
    const reply = await this.connection.get().request(subject, '', { timeout: 1_000 });
    const { num_pending = 0, num_ack_pending = 0 } = reply.json<{
      num_pending?: number;
      num_ack_pending?: number;
    }>();
    return { consumer: name, stream, pending: num_pending, unacknowledged: num_ack_pending };
  }
}
