import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { newId } from '@partyline/kernel';
import { Lease, Occasions } from '@partyline/mongo';
import { EraseContent } from '../../application/contact/erase-content.js';
import { SpreadNames } from '../../application/contact/spread-names.js';
import { RelayEntries } from '../../application/upkeep/relay-entries.js';
import { RepeatConsents } from '../../application/upkeep/repeat-consents.js';
import { AssignWaiting } from '../../application/upkeep/assign-waiting.js';
import { WakeSnoozed } from '../../application/upkeep/wake-snoozed.js';
import { ReturnStranded } from '../../application/upkeep/return-stranded.js';

interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

const LEASE_MS = 15_000;

/** Does now and then what nobody may forget, on one replica at a time. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly failing = new Set<string>();
  private readonly sweeps: readonly Sweep[];

  constructor(
    private readonly lease: Lease,
    relay: RelayEntries,
    stranded: ReturnStranded,
    occasions: Occasions,
    consents: RepeatConsents,
    names: SpreadNames,
    snoozed: WakeSnoozed,
    waiting: AssignWaiting,
    erasing: EraseContent,
  ) {
    this.sweeps = [
      { name: 'publish-left-behind', everyMs: 2_000, run: () => relay.publishLeftBehind() },
      { name: 'remind-delivery', everyMs: 5_000, run: () => relay.remindDelivery() },
      {
        name: 'repeat-consents',
        everyMs: 5_000,
        run: () => occasions.runWhenDue('tell-again', Infinity, () => consents.execute()),
      },
      { name: 'wake-snoozed', everyMs: 1_000, run: () => snoozed.execute() },
      { name: 'assign-waiting', everyMs: 1_000, run: () => waiting.execute() },
      { name: 'return-stranded', everyMs: 60_000, run: () => stranded.everywhere(newId('co')) },
      { name: 'erase-content', everyMs: 5_000, run: () => erasing.leftBehind() },
      { name: 'spread-names', everyMs: 5_000, run: () => names.leftBehind() },
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) this.repeat(sweep);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }

  /** Never two of one kind at once: a turn that comes too early is left out. */
  private repeat(sweep: Sweep): void {
    let current: Promise<void> | undefined;
    const timer = setInterval(() => {
      if (current) return;
      const work = this.sweep(sweep).finally(() => {
        current = undefined;
        this.running.delete(work);
      });
      current = work;
      this.running.add(work);
    }, sweep.everyMs);
    this.timers.push(timer);
  }

  private async sweep({ name, run }: Sweep): Promise<void> {
    try {
      await this.lease.runExclusively(`sweep:${name}`, LEASE_MS, run);
      this.failing.delete(name);
    } catch (error) {
      if (!this.failing.has(name)) {
        this.logger.warn(
          `${name} failed and is tried again: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      this.failing.add(name);
    }
  }
}
