import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import type { Alert } from '../domain/alert.js';
import { AlertStore } from './alert-store.js';
import { AlertTimers } from './alert-timers.js';
import { FireAlert } from './fire-alert.js';
import { alertId, ScheduleAlerts } from './schedule-alerts.js';
import { TellAdmins } from './tell-admins.js';
import { WaitingConversations } from './waiting-conversations.js';

/** Timers of alerts due within this time are set again on every sweep; setting one twice changes nothing. */
const HORIZON_MS = 10 * 60_000;
/** An alert so late has lost its timer for longer than a sweep takes to set it again: it is fired from here. */
const LATE_MS = 30_000;
/** What changed just now may not be in the inbox service's answer yet. */
const SETTLE_MS = 60_000;
const PAGE = 200;

/** Makes what keeps time agree with the truth: after Redis lost everything, a stream was lost, or a process died. */
@Injectable()
export class SweepAlerts {
  constructor(
    private readonly alerts: AlertStore,
    private readonly timers: AlertTimers,
    private readonly waiting: WaitingConversations,
    private readonly scheduleAlerts: ScheduleAlerts,
    private readonly fireAlert: FireAlert,
    private readonly tellAdmins: TellAdmins,
    private readonly clock: Clock,
  ) {}

  /** `signal` ends it early: another replica sweeps now. */
  async execute(signal?: AbortSignal): Promise<void> {
    await this.compareWithInbox();
    await this.setTimers(signal);
    const before = new Date(this.clock.now().getTime() - LATE_MS);
    for (const alert of await this.alerts.sentButNotTold(before)) {
      if (signal?.aborted) return;
      await this.tellAdmins.execute(alert);
    }
  }

  /** Alerts that a lost stream never asked for, and alerts for what is over although nobody told us. */
  private async compareWithInbox(): Promise<void> {
    const begun = this.clock.now();
    const waiting = await this.waiting.all();
    if (!waiting) return;
    for (let start = 0; start < waiting.length; start += PAGE) {
      await this.scheduleAlerts.execute(waiting.slice(start, start + PAGE));
    }
    const wanted = new Set(
      waiting.map(({ tenantId, conversationId, epoch }) => alertId(tenantId, conversationId, epoch)),
    );
    for await (const { tenantId, id } of this.alerts.scheduledBefore(new Date(begun.getTime() - SETTLE_MS))) {
      if (wanted.has(id)) continue;
      // Forgotten rather than cancelled: should the answer have been wrong, the next sweep schedules it again.
      await this.alerts.forget(tenantId, [id]);
      await this.timers.clear([id]);
    }
  }

  private async setTimers(signal: AbortSignal | undefined): Promise<void> {
    const now = this.clock.now().getTime();
    let page: Alert[] = [];
    for await (const alert of this.alerts.dueBefore(new Date(now + HORIZON_MS))) {
      if (signal?.aborted) return;
      if (now - alert.dueAt.getTime() > LATE_MS) await this.fireAlert.execute(alert.tenantId, alert.id);
      else page.push(alert);
      if (page.length === PAGE) {
        await this.timers.set(page);
        page = [];
      }
    }
    if (page.length > 0) await this.timers.set(page);
  }
}
