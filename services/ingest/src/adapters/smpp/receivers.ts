import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { Lease, Repeating } from '@partyline/mongo';
import { AcceptDelivery } from '../../application/accept-delivery.js';
import { BindStore } from '../../application/bind-store.js';
import { BoundAccounts, type BoundLine } from '../../application/bound-accounts.js';
import { IngestMetrics } from '../../application/ingest-metrics.js';
import { Receiver, ReceiverOptions } from './receiver.js';

/** How often changed accounts, and those that no other replica receives for, are looked for. */
const LOOK_MS = 2_000;
const LEASE_MS = 15_000;

interface Running {
  readonly version: string;
  readonly ending: AbortController;
  readonly done: Promise<void>;
}

/** Receives for every account that we bind to: of all replicas one for each, by a lease. */
@Injectable()
export class Receivers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Receivers.name);
  private readonly running = new Map<string, Running>();
  private readonly looking: Repeating;

  constructor(
    private readonly accounts: BoundAccounts,
    private readonly accept: AcceptDelivery,
    private readonly store: BindStore,
    private readonly metrics: IngestMetrics,
    private readonly lease: Lease,
    private readonly clock: Clock,
    private readonly options: ReceiverOptions,
  ) {
    this.looking = new Repeating('Looking for accounts to bind', LOOK_MS, () => this.look());
  }

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.looking.stop();
    for (const { ending } of this.running.values()) ending.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async look(): Promise<void> {
    const lines = new Map((await this.accounts.list()).map((line) => [line.account.id, line]));
    for (const [id, { version, ending }] of this.running) {
      if (lines.get(id)?.version !== version) ending.abort();
    }
    for (const [id, line] of lines) if (!this.running.has(id)) this.receive(id, line);
  }

  private receive(id: string, line: BoundLine): void {
    const ending = new AbortController();
    const done = this.lease
      .runExclusively(`smpp-receiver:${id}`, LEASE_MS, (lost) =>
        new Receiver(line, this.accept, this.store, this.metrics, this.clock, this.options).run(
          AbortSignal.any([lost, ending.signal]),
        ),
      )
      .catch((error: unknown) =>
        this.logger.warn(`Account "${id}" is not received for, and tried again soon: ${String(error)}`),
      )
      .finally(() => this.running.delete(id));
    this.running.set(id, { version: line.version, ending, done });
  }
}
