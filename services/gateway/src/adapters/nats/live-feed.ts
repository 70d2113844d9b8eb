import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CallUnavailable, OrderedReader, type ReadEvent, type ReadReset } from '@partyline/bus';
import {
  DirectoryInboxChanged,
  DirectoryNumberChanged,
  UserChanged,
  UserNotified,
  type StreamName,
} from '@partyline/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { failpoint } from '@partyline/kernel';
import { LiveHub } from '../../application/live/live-hub.js';
import { feedItemOf } from './feed-item.js';

/** Milliseconds until something that failed is tried again. */
const RETRY_MS = 500;

/** Reads the streams that live views show, once per process, and hands what it reads to the hub. */
@Injectable()
export class LiveFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Live');
  private readonly ending = new AbortController();

  constructor(
    private readonly reader: OrderedReader,
    private readonly hub: LiveHub,
  ) {}

  onApplicationBootstrap(): void {
    void this.forEver(() => this.followInbox());
    void this.follow('notify', (event) => this.onNotification(event));
    void this.follow('routing', (event) => this.onDirectory(event));
    void this.follow('accounts', (event) => this.onUser(event));
  }

  /** Nobody waits for the readings: they change nothing, and end with the bus at the latest. */
  beforeApplicationShutdown(): void {
    this.hub.close();
    this.ending.abort();
  }

  private async followInbox(): Promise<void> {
    const { signal } = this.ending;
    const { streamCreated, lastSequence } = await this.reader.position('inbox');
    this.hub.attach({ creation: streamCreated, sequence: lastSequence });
    const options = { startSequence: lastSequence + 1, streamCreated, signal };
    for await (const event of this.reader.read('inbox', options)) {
      if (event.kind === 'reset') {
        this.hub.attach({ creation: event.streamCreated, sequence: event.lastSequence });
      } else this.onInbox(event);
    }
  }

  private onInbox(event: ReadEvent): void {
    failpoint('gateway.event-read');
    const watched = this.hub.isWatched(event.envelope.tenantId);
    this.hub.advance(event.sequence, watched ? this.readable(event, () => feedItemOf(event)) : null);
    failpoint('gateway.event-sent');
  }

  private onNotification(event: ReadEvent | ReadReset): void {
    if (event.kind === 'reset' || event.envelope.type !== UserNotified.type) return;
    const notified = this.readable(event, () => UserNotified.parse(event.envelope));
    if (notified) this.hub.notify(notified.tenantId, notified.data);
  }

  private onDirectory(event: ReadEvent | ReadReset): void {
    if (event.kind === 'reset') {
      this.hub.everythingChanged();
      return;
    }
    const { envelope } = event;
    if (envelope.type === DirectoryNumberChanged.type) this.hub.directoryChanged(envelope.tenantId);
    if (envelope.type !== DirectoryInboxChanged.type) return;
    const changed = this.readable(event, () => DirectoryInboxChanged.parse(envelope));
    if (!changed) return;
    const { inbox, removed, revision } = changed.data;
    this.hub.inboxChanged(changed.tenantId, inbox, removed, revision);
  }

  private onUser(event: ReadEvent | ReadReset): void {
    if (event.kind === 'reset' || event.envelope.type !== UserChanged.type) return;
    const changed = this.readable(event, () => UserChanged.parse(event.envelope));
    if (!changed) return;
    const { userId, permissions, active } = changed.data;
    this.hub.userChanged(changed.tenantId, userId, permissions, active);
  }

  private follow(stream: StreamName, handle: (event: ReadEvent | ReadReset) => void): Promise<void> {
    return this.forEver(async () => {
      for await (const event of this.reader.read(stream, { signal: this.ending.signal })) handle(event);
    });
  }

  private async forEver(work: () => Promise<void>): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        // While the inbox service has not made its stream yet, there is nothing to tell anybody about.
        if (!(error instanceof CallUnavailable)) this.log.error({ err: error }, 'Reading live events failed');
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** undefined for an event that does not fit its contract: it is shown when the client fetches next. */
  private readable<T>(event: ReadEvent, parse: () => T): T | null {
    try {
      return parse();
    } catch (error) {
      this.log.error(
        { err: error, subject: event.subject, sequence: event.sequence },
        'An event cannot be read',
      );
      return null;
    }
  }
}
