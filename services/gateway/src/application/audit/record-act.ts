import { Injectable, Logger } from '@nestjs/common';
import { Clock, failpoint, newId } from '@partyline/kernel';
import type { Principal } from '../../domain/account.js';
import type { Act, ActEnd } from '../../domain/act.js';
import { Refused } from '../refused.js';
import { Acts } from './acts.js';

export type Begun = (end: ActEnd) => Promise<void>;

/** Writes down who sets out to do something before it is done, and afterwards what became of it. */
@Injectable()
export class RecordAct {
  private readonly log = new Logger('Audit');

  constructor(
    private readonly acts: Acts,
    private readonly clock: Clock,
  ) {}

  /** Throws where it cannot be written down: then it must not be done. */
  async begin(
    { tenantId, userId, name }: Principal,
    what: Pick<Act, 'type' | 'target' | 'given'>,
  ): Promise<Begun> {
    const id = newId('ac');
    const actor = { kind: 'user', id: userId, name } as const;
    await this.acts.begin({ tenantId, id, at: this.clock.now().toISOString(), actor, ...what });
    failpoint('gateway.act-begun');
    return async (end) => {
      failpoint('gateway.act-carried-out');
      // What was done is done: that its end is missing in the trail is no reason to say that it was not.
      await this.acts
        .end(tenantId, id, end, this.clock.now().toISOString())
        .catch((err: unknown) =>
          this.log.error({ err, tenantId, actId: id, end }, 'The end of an act is lost'),
        );
    };
  }
}

/** What became of something that was not done, or of which nobody knows. */
export function endOf(thrown: unknown): ActEnd {
  if (!(thrown instanceof Refused)) return { outcome: 'unknown', code: 'INTERNAL' };
  const { code } = thrown.refusal;
  return { outcome: code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'refused', code };
}
