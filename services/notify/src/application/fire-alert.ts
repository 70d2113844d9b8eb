import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { isOver } from '../domain/alert.js';
import { AlertStore } from './alert-store.js';
import { TellAdmins } from './tell-admins.js';
import { WaitStore } from './wait-store.js';

/** `later`: it is not due before that moment (its inbox waits longer now). */
export type Fired = { readonly done: true } | { readonly done: false; readonly later: Date };

const done: Fired = { done: true };

/** An alert's time has come: looks whether the customer still waits, and tells the Admins once. */
@Injectable()
export class FireAlert {
  constructor(
    private readonly alerts: AlertStore,
    private readonly waits: WaitStore,
    private readonly tellAdmins: TellAdmins,
    private readonly clock: Clock,
  ) {}

  async execute(tenantId: string, id: string): Promise<Fired> {
    const alert = await this.alerts.findScheduled(tenantId, id);
    if (!alert) return done;
    const now = this.clock.now();
    if (alert.dueAt > now) return { done: false, later: alert.dueAt };
    if (isOver(alert, await this.waits.find(tenantId, alert.conversationId))) {
      await this.alerts.cancel(tenantId, id);
      return done;
    }
    if (!(await this.alerts.claimSending(tenantId, id, now))) return done;
    failpoint('notify.alert-claimed');
    await this.tellAdmins.execute(alert);
    return done;
  }
}
