import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import type { Alert } from '../domain/alert.js';
import { isAdmin } from '../domain/person.js';
import { waitingWords } from '../domain/wording.js';
import { AlertStore } from './alert-store.js';
import { InboxStore } from './inbox-store.js';
import { TellWhoMay } from './tell-who-may.js';

/** Tells the Admins of the tenant that a customer waits too long. Repeatable: each of them hears it once. */
@Injectable()
export class TellAdmins {
  constructor(
    private readonly inboxes: InboxStore,
    private readonly tellWhoMay: TellWhoMay,
    private readonly alerts: AlertStore,
    private readonly clock: Clock,
  ) {}

  async execute(alert: Alert): Promise<void> {
    const { tenantId, conversationId, inboxId } = alert;
    const now = this.clock.now();
    const minutes = Math.floor((now.getTime() - alert.waitingSince.getTime()) / 60_000);
    const inbox = (await this.inboxes.find(tenantId, [inboxId])).get(inboxId);
    const words = waitingWords(alert.title, inbox?.name ?? inboxId, minutes);
    await this.tellWhoMay.execute(isAdmin, {
      tenantId,
      eventId: alert.id,
      kind: 'waiting_long',
      conversationId,
      inboxId,
      ...words,
      at: now.toISOString(),
    });
    failpoint('notify.admins-told');
    await this.alerts.markTold(tenantId, alert.id);
    failpoint('notify.alert-told');
  }
}
