import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { Consents, type Consent } from '../consents.js';
import { ConversationList } from '../conversation-list.js';
import { ConversationLog, type LoggedEntry } from '../log/conversation-log.js';
import { replay } from '../log/replay.js';
import { Outbox } from '../outbox.js';
import { Timeline } from '../timeline.js';

/** Words told in one go. */
const PORTION = 200;

/** Tells again what every customer last said on texts: nobody may be texted because a stream was lost with a STOP in it. */
@Injectable()
export class RepeatConsents {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly timeline: Timeline,
    private readonly consents: Consents,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Rejects unless all of them are on the stream. */
  async execute(): Promise<void> {
    const attempt = `reset-${this.clock.now().toISOString()}`;
    let portion: LoggedEntry[] = [];
    for await (const consent of this.consents.all()) {
      const entry = await this.entryOf(consent);
      if (entry) portion.push(entry);
      if (portion.length < PORTION) continue;
      await this.tell(portion, attempt);
      portion = [];
    }
    await this.tell(portion, attempt);
  }

  /** Null for a word that changed nothing, as the START of a customer who never said STOP. */
  private async entryOf(consent: Consent): Promise<LoggedEntry | null> {
    const { tenantId, number, peer } = consent;
    return this.timeline.latestConsent(tenantId, await this.list.between(tenantId, number, peer), consent);
  }

  private async tell(entries: readonly LoggedEntry[], attempt: string): Promise<void> {
    if (entries.length === 0) return;
    await this.outbox.repeat(await replay(this.log, entries), 'consent.changed', attempt);
    failpoint('inbox.consents-repeated');
  }
}
