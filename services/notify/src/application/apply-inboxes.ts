import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import { dueAt } from '../domain/alert.js';
import { AlertStore } from './alert-store.js';
import { AlertTimers } from './alert-timers.js';
import { InboxStore, type InboxChange } from './inbox-store.js';
import { AlertOverride } from './schedule-alerts.js';

/** Inboxes changed. Where an Admin set another time for alerts, those that wait already follow it. Repeatable. */
@Injectable()
export class ApplyInboxes {
  constructor(
    private readonly inboxes: InboxStore,
    private readonly alerts: AlertStore,
    private readonly timers: AlertTimers,
    private readonly override: AlertOverride,
  ) {}

  async execute(changes: readonly InboxChange[]): Promise<void> {
    const current = await this.inboxes.apply(changes);
    failpoint('notify.inboxes-applied');
    for (const { tenantId, inbox } of current) {
      for await (const alert of this.alerts.scheduledIn(tenantId, inbox.id)) {
        const due = dueAt(alert.waitingSince, inbox, this.override.afterMs);
        if (due?.getTime() === alert.dueAt.getTime()) continue;
        await this.timers.clear([alert.id]);
        if (due) {
          await this.alerts.reschedule(tenantId, alert.id, due);
          await this.timers.set([{ ...alert, dueAt: due }]);
        } else {
          await this.alerts.forget(tenantId, [alert.id]);
        }
      }
    }
  }
}
