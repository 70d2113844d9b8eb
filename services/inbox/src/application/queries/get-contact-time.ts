import { Injectable } from '@nestjs/common';
import type { ContactTime, GetContactTime as Call } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { quietTime, tellTheTime } from '../../domain/quiet-time.js';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { TimeZones } from '../time-zones.js';
import { Sight } from './sight.js';

/** What time it is where a customer is, and when it is quiet there. */
@Injectable()
export class GetContactTime {
  constructor(
    private readonly sight: Sight,
    private readonly timeZones: TimeZones,
    private readonly clock: Clock,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<ContactTime>> {
    const seer = await this.sight.seer(request);
    if (!seer) {
      return refused({ code: 'FORBIDDEN', message: 'Your role does not allow you to view conversations.' });
    }
    const timeZones = await this.timeZones.of(request.numbers);
    const now = this.clock.now();
    if (!tellTheTime(timeZones, now)) return answer({ timeZones: [], quiet: null });
    const { quietHours } = seer.directory;
    const quiet = quietHours && quietTime(timeZones, quietHours, now);
    return answer({
      timeZones,
      quiet: quiet && { from: quiet.from.toISOString(), until: quiet.until.toISOString() },
    });
  }
}
