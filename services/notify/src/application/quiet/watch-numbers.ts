import { Injectable } from '@nestjs/common';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import { heardWords, quietWords, type Words } from '../../domain/wording.js';
import { TellManagers } from '../tell-managers.js';
import {
  NumberActivity,
  NumberStore,
  QuietAlertStore,
  type Activity,
  type QuietAlert,
  type WatchedNumber,
} from './ports.js';

/**
 * Tells whoever may mend it that a number that usually gets texts has gone quiet, once for each time, and that texts
 * arrive again. Repeatable: what was cut short is told the next time.
 */
@Injectable()
export class WatchNumbers {
  constructor(
    private readonly activity: NumberActivity,
    private readonly numbers: NumberStore,
    private readonly alerts: QuietAlertStore,
    private readonly tellManagers: TellManagers,
    private readonly clock: Clock,
  ) {}

  async execute(signal?: AbortSignal): Promise<void> {
    const all = await this.activity.all();
    if (!all) return;
    const known = new Map<string, ReadonlyMap<string, WatchedNumber>>();
    for (const tenantId of new Set(all.map((one) => one.tenantId)))
      known.set(tenantId, await this.numbers.known(tenantId));
    // One that the directory has not told of yet gets texts all the same.
    const numberOf = ({ tenantId, number: id }: Pick<Activity, 'tenantId' | 'number'>): WatchedNumber =>
      known.get(tenantId)?.get(id) ?? { id, name: null, watched: true };
    for (const one of all) {
      if (signal?.aborted) return;
      const number = numberOf(one);
      if (one.quiet && number.watched) await this.notice(one, number);
    }
    const now = new Map(all.map((one) => [keyOf(one), one]));
    for (const alert of await this.alerts.allOpen()) {
      if (signal?.aborted) return;
      await this.endIfOver(alert, now.get(keyOf(alert)), numberOf(alert).watched);
    }
  }

  private async notice({ tenantId, number, accountId, lastTextAt }: Activity, { name }: WatchedNumber) {
    const id = derivedId('qa', tenantId, number, lastTextAt.toISOString());
    const noticedAt = this.clock.now();
    const alert = { id, tenantId, number, name, accountId, lastTextAt, noticedAt };
    if (!(await this.alerts.open(alert))) return;
    const words = quietWords(number, name, lastTextAt, noticedAt);
    if (await this.tell(alert, 'number_quiet', words)) await this.alerts.markTold(tenantId, id);
  }

  /** One that nobody watches any more, or that has been quiet for longer than anybody remembers, ends without a word. */
  private async endIfOver(alert: QuietAlert, activity: Activity | undefined, isWatched: boolean) {
    const heard = activity !== undefined && activity.lastTextAt > alert.lastTextAt;
    if (isWatched && !heard && activity?.quiet) return;
    if (isWatched && heard) await this.tell(alert, 'number_heard', heardWords(alert.number, alert.name));
    await this.alerts.end(alert.tenantId, alert.id, this.clock.now());
  }

  private async tell(
    { id, tenantId, number, accountId }: QuietAlert,
    kind: 'number_quiet' | 'number_heard',
    words: Words,
  ): Promise<boolean> {
    const type = kind === 'number_quiet' ? 'number.quiet' : 'number.heard';
    const isTold = await this.tellManagers.execute({
      tenantId,
      eventId: derivedId('qn', id, kind),
      kind,
      ...words,
      at: this.clock.now(),
      webhook: { type, alertId: id, accountId, number },
    });
    failpoint('notify.number-told');
    return isTold;
  }
}

const keyOf = ({ tenantId, number }: Pick<Activity, 'tenantId' | 'number'>): string =>
  `${tenantId} ${number}`;
