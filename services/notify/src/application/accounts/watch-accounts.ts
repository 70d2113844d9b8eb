import { Injectable } from '@nestjs/common';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import { LONGEST_PAUSE_MS, nextStep, type Seen } from '../../domain/account-alert.js';
import { recoveredWords, troubleWords } from '../../domain/account-words.js';
import { TellManagers, type RoutingNews } from '../tell-managers.js';
import {
  AccountAlertStore,
  AccountStates,
  type FailingAccount,
  type KnownAccount,
  type Side,
} from './ports.js';

const UNHEARD: Seen = { trouble: null, worksAt: null };

/**
 * Tells whoever may mend it that an account's webhooks are refused or its replies fail, and that they do no more.
 * Repeatable: what was cut short is told the next time, under the same ids.
 */
@Injectable()
export class WatchAccounts {
  constructor(
    private readonly states: AccountStates,
    private readonly alerts: AccountAlertStore,
    private readonly tellManagers: TellManagers,
    private readonly clock: Clock,
  ) {}

  async execute(signal?: AbortSignal): Promise<void> {
    const [accounts, sending] = await Promise.all([this.states.arrivals(), this.states.sending()]);
    if (!accounts) return;
    const open = new Map((await this.alerts.allOpen()).map((alert) => [keyOf(alert, alert.side), alert]));
    const sent = sending && new Map(sending.map((one) => [keyOf(one, 'sending'), one]));
    const look = async (account: KnownAccount, side: Side, seen: Seen) => {
      const key = keyOf(account, side);
      const alert = open.get(key);
      open.delete(key);
      if (!signal?.aborted) await this.look(account, side, seen, alert ?? null);
    };
    for (const account of accounts) {
      await look(account, 'arrivals', account);
      if (sent) await look(account, 'sending', sent.get(keyOf(account, 'sending')) ?? UNHEARD);
      else open.delete(keyOf(account, 'sending'));
    }
    // Accounts that were removed or turned off.
    for (const alert of open.values()) if (!signal?.aborted) await this.alerts.end(alert, this.clock.now());
  }

  private async look(
    { tenantId, accountId, name }: KnownAccount,
    side: Side,
    seen: Seen,
    known: FailingAccount | null,
  ): Promise<void> {
    const now = this.clock.now();
    const { trouble } = seen;
    const alert = trouble
      ? await this.alerts.keep({ tenantId, accountId, side, name, trouble, noticedAt: now })
      : known;
    if (!alert) return;
    const before = trouble
      ? await this.alerts.toldBefore(alert, new Date(now.getTime() - LONGEST_PAUSE_MS))
      : [];
    const step = nextStep(alert, before, seen, now);
    if (step === 'tell') await this.tell(alert, now);
    if (step === 'recovered') await this.tellRecovered(alert, now);
    if (step === 'end' || step === 'recovered') await this.alerts.end(alert, now);
  }

  private async tell(alert: FailingAccount, now: Date): Promise<void> {
    const { tenantId, id, accountId, name, trouble } = alert;
    const { kind } = trouble;
    const isTold = await this.said({
      tenantId,
      eventId: derivedId('an', id, kind),
      kind: 'account_failing',
      ...troubleWords(name, trouble, now),
      at: now,
      webhook: { type: 'account.failing', alertId: id, accountId, trouble: kind },
    });
    if (isTold) await this.alerts.markTold(alert, { kind, at: now });
  }

  private async tellRecovered({ tenantId, id, accountId, name, trouble }: FailingAccount, now: Date) {
    await this.said({
      tenantId,
      eventId: derivedId('an', id, 'recovered'),
      kind: 'account_recovered',
      ...recoveredWords(name, trouble.kind),
      at: now,
      webhook: { type: 'account.recovered', alertId: id, accountId, trouble: trouble.kind },
    });
  }

  private async said(news: RoutingNews): Promise<boolean> {
    const isTold = await this.tellManagers.execute(news);
    failpoint('notify.account-told');
    return isTold;
  }
}

const keyOf = ({ tenantId, accountId }: { tenantId: string; accountId: string }, side: Side): string =>
  `${tenantId} ${accountId} ${side}`;
