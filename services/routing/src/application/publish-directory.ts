import { Injectable } from '@nestjs/common';
import { currentContext, EventPublisher, type OutgoingEvent } from '@partyline/bus';
import { DirectoryInboxChanged, DirectoryNumberChanged, type Envelope } from '@partyline/contracts';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import { DirectoryOutbox, type UnpublishedRecord } from './directory-outbox.js';

const PAGE = 200;

/** Tells the other services of every inbox and number that they do not know in its present revision. */
@Injectable()
export class PublishDirectory {
  constructor(
    private readonly outbox: DirectoryOutbox,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Answers how many were told. What could not be published stays for the next run. */
  async execute(): Promise<number> {
    let told = 0;
    for (;;) {
      const records = await this.outbox.unpublished(PAGE);
      if (records.length === 0) return told;
      const outcomes = await this.publisher.publish(records.map((record) => this.event(record)));
      const published = records.filter((_record, index) => outcomes[index]?.ok === true);
      failpoint('routing.directory-published');
      await this.outbox.markPublished(published);
      failpoint('routing.directory-marked');
      told += published.length;
      if (published.length < records.length || records.length < PAGE) return told;
    }
  }

  /** For a new stream that knows nothing, and for consumers who lost what they were told. */
  async everything(): Promise<void> {
    await this.outbox.markAllUnpublished(this.clock.now().toISOString());
    failpoint('routing.directory-reopened');
    await this.execute();
  }

  private event(record: UnpublishedRecord): OutgoingEvent {
    const { tenantId, id, revision, removed, again } = record;
    const [definition, data] =
      record.kind === 'inboxes'
        ? [DirectoryInboxChanged, { revision, removed, inbox: record.record }]
        : [
            DirectoryNumberChanged,
            { revision, removed, number: { ...record.record, id }, inboxId: record.inboxId },
          ];
    const envelope = this.envelope(definition, record, data);
    return {
      subject: definition.subject(tenantId),
      envelope,
      // A repeat that is meant has to get past the stream's own memory of what it has seen.
      ...(again === undefined ? {} : { msgId: `${envelope.id}.${again}` }),
    };
  }

  private envelope(
    { type, version }: { readonly type: string; readonly version: number },
    { kind, tenantId, id, revision }: UnpublishedRecord,
    data: unknown,
  ): Envelope {
    const { correlationId, traceparent } = currentContext();
    return {
      id: derivedId('ev', tenantId, kind, id, String(revision)),
      type,
      version,
      occurredAt: this.clock.now().toISOString(),
      tenantId,
      aggregateId: id,
      actor: { kind: 'system', id: 'routing' },
      correlationId,
      ...(traceparent === undefined ? {} : { traceparent }),
      data,
    };
  }
}
