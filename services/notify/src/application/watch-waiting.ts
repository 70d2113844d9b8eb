import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import type { WaitState } from '../domain/alert.js';
import { AlertStore } from './alert-store.js';
import { AlertTimers } from './alert-timers.js';
import { ScheduleAlerts } from './schedule-alerts.js';
import { WaitStore } from './wait-store.js';

/** Follows which conversations wait for an owner: sets an alert when one begins to wait, cancels it when that is over. */
@Injectable()
export class WatchWaiting {
  constructor(
    private readonly waits: WaitStore,
    private readonly alerts: AlertStore,
    private readonly timers: AlertTimers,
    private readonly scheduleAlerts: ScheduleAlerts,
  ) {}

  async execute(states: readonly WaitState[]): Promise<void> {
    // Two replicas of the inbox service may publish out of order: the newest state counts, not the one at hand.
    const newest = await this.waits.observe(states);
    failpoint('notify.waits-observed');
    const over = await Promise.all(
      newest.map(({ tenantId, conversationId, epoch, waitingSince }) =>
        this.alerts.cancelUpTo(tenantId, conversationId, waitingSince === null ? epoch : epoch - 1),
      ),
    );
    if (over.flat().length > 0) failpoint('notify.alerts-cancelled');
    await this.timers.clear(over.flat());
    await this.scheduleAlerts.execute(
      newest.flatMap((state) =>
        state.waitingSince === null ? [] : [{ ...state, waitingSince: state.waitingSince }],
      ),
    );
  }
}
