import { Injectable } from '@nestjs/common';
import { derivedId, failpoint } from '@partyline/kernel';
import { dueAt, type Alert } from '../domain/alert.js';
import { AlertStore } from './alert-store.js';
import { AlertTimers } from './alert-timers.js';
import { InboxStore } from './inbox-store.js';
import type { WaitingConversation } from './waiting-conversations.js';

/** Milliseconds instead of the inboxes' own minutes, for demos and tests; null: theirs. */
export abstract class AlertOverride {
  abstract readonly afterMs: number | null;
}

export const alertId = (tenantId: string, conversationId: string, epoch: number): string =>
  derivedId('al', tenantId, conversationId, String(epoch));

/** Sets the alert of each conversation that waits, where its inbox wants one and it has none yet. */
@Injectable()
export class ScheduleAlerts {
  constructor(
    private readonly alerts: AlertStore,
    private readonly timers: AlertTimers,
    private readonly inboxes: InboxStore,
    private readonly override: AlertOverride,
  ) {}

  async execute(waiting: readonly WaitingConversation[]): Promise<void> {
    const wanted: Alert[] = [];
    for (const tenantId of new Set(waiting.map((each) => each.tenantId))) {
      const own = waiting.filter((each) => each.tenantId === tenantId);
      const inboxes = await this.inboxes.find(tenantId, [...new Set(own.map(({ inboxId }) => inboxId))]);
      for (const { conversationId, epoch, inboxId, title, waitingSince } of own) {
        const inbox = inboxes.get(inboxId);
        const due = inbox ? dueAt(waitingSince, inbox, this.override.afterMs) : null;
        if (!due) continue;
        const id = alertId(tenantId, conversationId, epoch);
        wanted.push({ id, tenantId, conversationId, epoch, inboxId, title, waitingSince, dueAt: due });
      }
    }
    if (wanted.length === 0) return;
    const known = await this.alerts.existing(wanted.map(({ id }) => id));
    const missing = wanted.filter(({ id }) => !known.has(id));
    if (missing.length === 0) return;
    const scheduled = await this.alerts.schedule(missing);
    failpoint('notify.alerts-stored');
    await this.timers.set(scheduled);
    failpoint('notify.timers-set');
  }
}
