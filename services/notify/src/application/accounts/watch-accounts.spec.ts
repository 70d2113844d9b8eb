import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountTrouble } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
import type { Telling } from '../../domain/account-alert.js';
import type { RoutingNews, TellManagers } from '../tell-managers.js';
import {
  AccountAlertStore,
  AccountStates,
  type FailingAccount,
  type KnownAccount,
  type NewFailingAccount,
  type SeenAccount,
} from './ports.js';
import { WatchAccounts } from './watch-accounts.js';

class States extends AccountStates {
  comes: KnownAccount[] | null = [];
  goes: SeenAccount[] | null = [];
  override arrivals() {
    return Promise.resolve(this.comes);
  }
  override sending() {
    return Promise.resolve(this.goes);
  }
}
class Alerts extends AccountAlertStore {
  readonly kept: (FailingAccount & { ended: boolean })[] = [];
  override keep(alert: NewFailingAccount): Promise<FailingAccount> {
    const index = this.kept.findIndex(
      ({ accountId, side, ended }) => accountId === alert.accountId && side === alert.side && !ended,
    );
    const known = this.kept[index];
    const now = known
      ? { ...known, trouble: alert.trouble }
      : { ...alert, id: `fa_${this.kept.length}`, told: [], ended: false };
    if (known) this.kept[index] = now;
    else this.kept.push(now);
    return Promise.resolve(now);
  }
  override toldBefore({ id }: FailingAccount, since: Date): Promise<Telling[]> {
    const others = this.kept.filter((alert) => alert.id !== id);
    return Promise.resolve(others.flatMap(({ told }) => told).filter(({ at }) => at > since));
  }
  override markTold({ id }: FailingAccount, telling: Telling): Promise<void> {
    this.change(id, (alert) => ({ ...alert, told: [...alert.told, telling] }));
    return Promise.resolve();
  }
  override allOpen() {
    return Promise.resolve(this.kept.filter(({ ended }) => !ended));
  }
  override openOf() {
    return this.allOpen();
  }
  override end({ id }: FailingAccount): Promise<void> {
    this.change(id, (alert) => ({ ...alert, ended: true }));
    return Promise.resolve();
  }
  private change(id: string, by: (alert: (typeof this.kept)[number]) => (typeof this.kept)[number]): void {
    const index = this.kept.findIndex((alert) => alert.id === id);
    const found = this.kept[index];
    if (found) this.kept[index] = by(found);
  }
}

describe('a carrier account', () => {
  const clock = new FixedClock();
  const trouble = (kind: AccountTrouble['kind']): AccountTrouble => ({
    kind,
    since: clock.now().toISOString(),
    count: 7,
    of: 9,
    reason: null,
  });
  const account = (change: Partial<KnownAccount> = {}): KnownAccount => ({
    tenantId: 'demo',
    accountId: 'main',
    name: 'Main',
    worksAt: null,
    trouble: null,
    ...change,
  });
  let states: States;
  let alerts: Alerts;
  let told: RoutingNews[];
  let fails: boolean;
  let isSomebodyThere: boolean;
  let watch: WatchAccounts;

  beforeEach(() => {
    states = new States();
    alerts = new Alerts();
    told = [];
    fails = false;
    isSomebodyThere = true;
    const tellManagers = {
      execute: (news: RoutingNews) => {
        told.push(news);
        return fails ? Promise.reject(new Error('no bus')) : Promise.resolve(isSomebodyThere);
      },
    } as unknown as TellManagers;
    watch = new WatchAccounts(states, alerts, tellManagers, clock);
  });
  const look = async (times = 2) => {
    for (let time = 0; time < times; time += 1) {
      clock.advance(300_000);
      await watch.execute();
    }
  };
  const titles = () => told.map(({ kind, title }) => `${kind} ${title}`);

  it('is told of once, and again when its webhooks are taken again', async () => {
    states.comes = [account({ trouble: trouble('every_webhook_refused') })];
    await look();
    states.comes = [account()];
    await look();
    states.comes = [account({ worksAt: new Date(clock.now().getTime() + 1) })];
    await look();
    expect(titles()).toEqual([
      'account_failing Every webhook to Main is refused',
      'account_recovered Webhooks to Main are taken again',
    ]);
    expect(told.map(({ webhook }) => webhook)).toEqual([
      { type: 'account.failing', alertId: 'fa_0', accountId: 'main', trouble: 'every_webhook_refused' },
      { type: 'account.recovered', alertId: 'fa_0', accountId: 'main', trouble: 'every_webhook_refused' },
    ]);
  });

  it('is told of by what comes in and what goes out, each for itself', async () => {
    states.comes = [account({ trouble: trouble('webhooks_refused') })];
    states.goes = [{ ...account(), trouble: trouble('replies_refused') }];
    await look();
    states.comes = [account()];
    await look();
    expect(titles()).toEqual([
      'account_failing Some webhooks to Main are refused',
      'account_failing The carrier refuses replies through Main',
    ]);
    expect((await alerts.allOpen()).map(({ side }) => side)).toEqual(['sending']);
  });

  it('is told of the next time where it was cut short, under the same id', async () => {
    states.comes = [account({ trouble: trouble('every_webhook_refused') })];
    fails = true;
    await expect(watch.execute()).rejects.toThrow('no bus');
    fails = false;
    await look();
    expect(told).toHaveLength(2);
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('is told of the next time where nobody is known yet who may mend it', async () => {
    states.comes = [account({ trouble: trouble('every_webhook_refused') })];
    isSomebodyThere = false;
    await look(1);
    isSomebodyThere = true;
    await look();
    expect(told).toHaveLength(2);
  });

  it('is not told of as it was where it cannot be asked how it does', async () => {
    states.comes = [account()];
    states.goes = [{ ...account(), trouble: trouble('replies_refused') }];
    await look();
    states.goes = null;
    await look();
    states.comes = null;
    await look();
    expect(told).toHaveLength(1);
    expect(await alerts.allOpen()).toHaveLength(1);
  });

  it('that is removed or turned off ends without a word', async () => {
    states.comes = [account({ trouble: trouble('every_webhook_refused') })];
    await look();
    states.comes = [];
    await look();
    expect(told).toHaveLength(1);
    expect(await alerts.allOpen()).toEqual([]);
  });
});
