import { Injectable } from '@nestjs/common';
import type { ListNumberActivity as Call } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { z } from 'zod';
import { isQuiet } from '../domain/quiet.js';
import { NumberActivity } from './number-activity.js';

type Activity = Extract<z.infer<typeof Call.answer>, { ok: true }>['value'];

/** For the notify service, which tells Admins of numbers that have gone quiet. */
@Injectable()
export class ListNumberActivity {
  constructor(
    private readonly activity: NumberActivity,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Activity> {
    const now = this.clock.now();
    const found: Activity = [];
    for await (const { tenantId, number, accountId, lastAt, hours } of this.activity.histories()) {
      const quiet = isQuiet((hour) => hours.get(hour) ?? 0, lastAt, now);
      found.push({ tenantId, number, accountId, lastTextAt: lastAt.toISOString(), quiet });
    }
    return found;
  }
}
