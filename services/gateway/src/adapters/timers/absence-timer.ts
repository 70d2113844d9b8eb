import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Lease } from '@partyline/mongo';
import { EndAbsences } from '../../application/accounts/end-absences.js';

const ROUND_MS = 2_000;
const LEASE_MS = 15_000;

/** Looks for who is back, on one replica at a time. */
@Injectable()
export class AbsenceTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(AbsenceTimer.name);
  private timer: NodeJS.Timeout | undefined;
  private run: Promise<void> | undefined;

  constructor(
    private readonly endAbsences: EndAbsences,
    private readonly lease: Lease,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.run ??= this.round().finally(() => {
        this.run = undefined;
      });
    }, ROUND_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.run;
  }

  private async round(): Promise<void> {
    try {
      await this.lease.runExclusively('end-absences', LEASE_MS, () => this.endAbsences.execute());
    } catch (error) {
      this.log.warn({ err: error }, 'Who is back stays away until the next round');
    }
  }
}
