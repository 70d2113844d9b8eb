import { beforeEach, describe, expect, it } from '@jest/globals';
import { alertPayloadSchema } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
import type { Person } from '../../domain/person.js';
import type { NewNotification } from '../new-notification.js';
import { PeopleStore } from '../people-store.js';
import { TellManagers } from '../tell-managers.js';
import { TellWhoMay } from '../tell-who-may.js';
import type { TellPeople } from '../tell-people.js';
import type { ToSend, WebhookOutbox } from '../webhooks/webhook-outbox.js';
import {
  NumberActivity,
  NumberStore,
  QuietAlertStore,
  type Activity,
  type QuietAlert,
  type WatchedNumber,
} from './ports.js';
import { WatchNumbers } from './watch-numbers.js';

class Texts extends NumberActivity {
  now: Activity[] | null = [];
  override all(): Promise<Activity[] | null> {
    return Promise.resolve(this.now);
  }
}
class Numbers extends NumberStore {
  readonly numbers = new Map<string, WatchedNumber>();
  override apply(): Promise<void> {
    return Promise.resolve();
  }
  override known(): Promise<ReadonlyMap<string, WatchedNumber>> {
    return Promise.resolve(this.numbers);
  }
}
class Alerts extends QuietAlertStore {
  readonly kept = new Map<string, QuietAlert & { told: boolean; ended: boolean }>();
  override open(alert: QuietAlert): Promise<boolean> {
    const known = this.kept.get(alert.id) ?? { ...alert, told: false, ended: false };
    this.kept.set(alert.id, known);
    return Promise.resolve(!known.told && !known.ended);
  }
  override markTold(_tenantId: string, id: string): Promise<void> {
    const known = this.kept.get(id);
    if (known) known.told = true;
    return Promise.resolve();
  }
  override allOpen(): Promise<QuietAlert[]> {
    return Promise.resolve([...this.kept.values()].filter(({ ended }) => !ended));
  }
  override openOf(): Promise<QuietAlert[]> {
    return this.allOpen();
  }
  override end(_tenantId: string, id: string): Promise<void> {
    const known = this.kept.get(id);
    if (known) known.ended = true;
    return Promise.resolve();
  }
}
const person = (userId: string, permissions: Person['permissions']): Person => ({
  userId,
  name: userId,
  permissions,
  active: true,
});
class People extends PeopleStore {
  known = [person('ada', ['manageRouting']), person('ben', ['reply'])];
  override apply(): Promise<void> {
    return Promise.resolve();
  }
  override find(): Promise<ReadonlyMap<string, Person>> {
    return Promise.resolve(new Map());
  }
  override active(): Promise<Person[]> {
    return Promise.resolve(this.known);
  }
}

describe('a number that goes quiet', () => {
  const clock = new FixedClock();
  const ago = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000);
  const number = (change: Partial<Activity> = {}): Activity => ({
    tenantId: 'demo',
    number: '+12125550101',
    accountId: 'main',
    lastTextAt: ago(5),
    quiet: true,
    ...change,
  });
  let texts: Texts;
  let numbers: Numbers;
  let people: People;
  let alerts: Alerts;
  let told: NewNotification[];
  let sent: ToSend[];
  let fails: boolean;
  let watch: WatchNumbers;

  beforeEach(() => {
    texts = new Texts();
    numbers = new Numbers();
    people = new People();
    alerts = new Alerts();
    told = [];
    sent = [];
    fails = false;
    const tellPeople = {
      execute: (all: readonly NewNotification[]) => {
        told.push(...all);
        return fails ? Promise.reject(new Error('no bus')) : Promise.resolve();
      },
    } as unknown as TellPeople;
    const outbox = {
      put: (all: readonly ToSend[]) => {
        sent.push(...all);
        return Promise.resolve();
      },
    } as unknown as WebhookOutbox;
    const tellManagers = new TellManagers(new TellWhoMay(people, tellPeople), outbox);
    watch = new WatchNumbers(texts, numbers, alerts, tellManagers, clock);
  });
  const words = () => told.map(({ notification: { userId, kind, title } }) => `${userId} ${kind} ${title}`);

  it('is told once to whoever may mend it, and again when texts arrive again', async () => {
    numbers.numbers.set('+12125550101', { id: '+12125550101', name: 'Main line', watched: true });
    texts.now = [number()];
    await watch.execute();
    await watch.execute();
    expect(words()).toEqual(['ada number_quiet No texts to Main line (+12125550101)']);
    expect(told[0]?.notification.body).toContain('None for 5 hours');
    texts.now = [number({ quiet: false, lastTextAt: ago(0) })];
    await watch.execute();
    await watch.execute();
    expect(words().slice(1)).toEqual(['ada number_heard Texts to Main line (+12125550101) arrive again']);
    texts.now = [number({ lastTextAt: ago(0) })];
    await watch.execute();
    expect(told).toHaveLength(3);
    expect(sent.map(({ type }) => type)).toEqual(['number.quiet', 'number.heard', 'number.quiet']);
    expect(sent[0]?.payload()).toEqual({
      type: 'number.quiet',
      timestamp: clock.now().toISOString(),
      data: {
        alertId: expect.any(String),
        accountId: 'main',
        number: '+12125550101',
        title: 'No texts to Main line (+12125550101)',
        body: expect.stringContaining('None for 5 hours'),
      },
    });
    expect(alertPayloadSchema.parse(sent[1]?.payload()).data.alertId).toBe(
      alertPayloadSchema.parse(sent[0]?.payload()).data.alertId,
    );
  });

  it('is told the next time where it was cut short, under the same id', async () => {
    texts.now = [number()];
    fails = true;
    await expect(watch.execute()).rejects.toThrow('no bus');
    fails = false;
    await watch.execute();
    expect(new Set(told.map(({ notification }) => notification.id)).size).toBe(1);
    await watch.execute();
    expect(told).toHaveLength(2);
  });

  it('is told the next time where nobody is known yet who may mend it', async () => {
    texts.now = [number()];
    const { known } = people;
    people.known = [];
    await watch.execute();
    people.known = known;
    await watch.execute();
    await watch.execute();
    expect(words()).toEqual(['ada number_quiet No texts to +12125550101']);
  });

  it.each<[string, () => void]>([
    [
      'nobody wants to be told of it',
      () => numbers.numbers.set('+12125550101', { id: '+12125550101', name: null, watched: false }),
    ],
    ['it is not known which numbers got texts', () => (texts.now = null)],
    ['it is as usual', () => (texts.now = [number({ quiet: false })])],
  ])('is not told when %s', async (_case, change) => {
    texts.now = [number()];
    change();
    await watch.execute();
    expect(told).toEqual([]);
  });

  it('ends without a word when nobody wants to be told any more, or it has been forgotten', async () => {
    texts.now = [number(), number({ number: '+12125550102' })];
    await watch.execute();
    numbers.numbers.set('+12125550101', { id: '+12125550101', name: null, watched: false });
    texts.now = [number()];
    await watch.execute();
    expect(told).toHaveLength(2);
    expect(await alerts.allOpen()).toEqual([]);
  });
});
