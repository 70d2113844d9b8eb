import { Injectable, Logger } from '@nestjs/common';
import type { InboxDefinition, Notification } from '@partyline/contracts';
import type { Principal } from '../../domain/account.js';
import { HEARTBEAT_FRAME, liveFrame } from '../../domain/live-frame.js';
import {
  formatPosition,
  parsePosition,
  resumeFrom,
  type LivePosition,
} from '../../domain/stream-position.js';
import { Refused } from '../refused.js';
import { Services } from '../services.js';
import { Principals } from '../sessions/principals.js';
import { Audience } from './audience.js';
import { GapReader, type FeedItem, type Gap } from './feed.js';
import type { LiveSink } from './live-sink.js';
import { LiveStream } from './live-stream.js';
import type { LiveViewer } from './live-viewer.js';
import { Presence } from './presence.js';
import type { PresenceSignal } from './presence-signals.js';
import { SightRefresh } from './sight-refresh.js';

/** A browser that is not told to use one window's stream for all opens one per window; more than this is a fault. */
const STREAMS_PER_USER = 20;
/** A longer gap than so many events is fetched anew. */
const LONGEST_GAP = 10_000;
/** Milliseconds. */
const HEARTBEAT_MS = 15_000;

/** Whoever listens on this process, and what they are shown. One reading of the inbox stream serves all of them. */
@Injectable()
export class LiveHub {
  private readonly log = new Logger('Live');
  private readonly audience: Audience;
  private readonly refresh = new SightRefresh((tenantId, first) => this.lookAgain(tenantId, first));
  /** The newest event that live ones come after; undefined until the inbox stream is being read. */
  private position: LivePosition | undefined;
  private closing = false;

  constructor(
    services: Services,
    private readonly gaps: GapReader,
    private readonly principals: Principals,
    private readonly presence: Presence,
  ) {
    this.audience = new Audience(services);
  }

  /** Lets a client listen until its sink is gone. Throws Refused before anything was sent. */
  async listen(who: Principal, lastEventId: string | undefined, open: () => LiveSink): Promise<void> {
    const last = parsePosition(lastEventId);
    const malformed = lastEventId !== undefined && lastEventId !== '' && last === null;
    const viewer = this.audience.join(who);
    viewer.arriving += 1;
    try {
      await viewer.look();
      const extent = last === null ? null : await this.gaps.extent();
      // From here to the replay nothing awaits: what is live and what is gap must be cut at one point.
      const attached = this.requirePosition();
      if (viewer.streams.size >= STREAMS_PER_USER) {
        throw new Refused('RATE_LIMITED', `More than ${STREAMS_PER_USER} windows listen already.`, {
          retryAfter: 30,
        });
      }
      const resume =
        extent === null || extent.creation !== attached.creation
          ? resumeFrom(
              last,
              { creation: attached.creation, first: 0, last: 0 },
              attached.sequence,
              LONGEST_GAP,
            )
          : resumeFrom(last, extent, attached.sequence, LONGEST_GAP);
      const after = resume.kind === 'reset' ? attached.sequence : resume.after;
      const stream = new LiveStream(
        open(),
        who.sessionId,
        attached.creation,
        after,
        resume.kind === 'replay',
      );
      this.keep(viewer, stream);
      stream.ready();
      this.presence.tell(viewer, stream);
      if (resume.kind === 'reset' || malformed) stream.reset(attached.creation, after);
      if (resume.kind === 'replay') {
        const { through } = resume;
        await this.replay(viewer, stream, {
          tenantId: who.tenantId,
          creation: attached.creation,
          after,
          through,
        });
      }
    } finally {
      viewer.arriving -= 1;
      this.audience.leave(viewer);
    }
  }

  /** The stream is read from behind this position on. A later call means: it is another stream, or a part was missed. */
  attach(position: LivePosition): void {
    const again = this.position !== undefined;
    this.position = position;
    if (!again) return;
    this.log.warn(
      { position: formatPosition(position) },
      'The inbox stream is another one: every client starts over',
    );
    for (const viewer of this.audience.all()) {
      for (const stream of viewer.streams) stream.reset(position.creation, position.sequence);
    }
  }

  /** The next event of the stream was read; `items` is empty where no live view cares. */
  advance(sequence: number, item: FeedItem | null): void {
    if (!this.position) return;
    this.position = { creation: this.position.creation, sequence };
    if (!item) return;
    const viewers = this.audience.of(item.tenantId);
    if (viewers.length === 0) return;
    const frame = this.frameOf(item, this.position.creation);
    for (const viewer of viewers) {
      if (!isFor(viewer, item)) continue;
      for (const stream of viewer.streams) stream.live(sequence, frame);
      viewer.touch(item.inboxId);
    }
  }

  /** Whether anybody of the tenant listens: whose events need not be read closely otherwise. */
  isWatched(tenantId: string): boolean {
    return this.audience.has(tenantId);
  }

  notify(tenantId: string, notification: Notification): void {
    this.audience.find(tenantId, notification.userId)?.send(liveFrame('notification', notification));
  }

  signal(signal: PresenceSignal): void {
    this.presence.spread(signal, this.audience.of(signal.tenantId));
  }

  inboxChanged(tenantId: string, inbox: InboxDefinition, removed: boolean, revision: number): void {
    for (const viewer of this.audience.of(tenantId)) viewer.follow(inbox, removed, revision);
    this.directoryChanged(tenantId);
  }

  directoryChanged(tenantId: string): void {
    if (this.isWatched(tenantId)) this.refresh.changed(tenantId);
  }

  /** The directory as a whole may be another one. */
  everythingChanged(): void {
    for (const viewer of this.audience.all()) viewer.unfollow();
    for (const tenantId of this.audience.tenants()) this.refresh.changed(tenantId);
  }

  userChanged(
    tenantId: string,
    userId: string,
    permissions: Principal['permissions'],
    active: boolean,
  ): void {
    this.principals.forgetUser(tenantId, userId);
    const viewer = this.audience.find(tenantId, userId);
    viewer?.changePermissions(permissions);
    if (viewer && !active) for (const stream of viewer.streams) stream.sink.end();
    this.directoryChanged(tenantId);
  }

  /** Ends all streams: their clients come back to another replica. */
  close(): void {
    this.closing = true;
    this.refresh.stop();
    for (const viewer of this.audience.all()) {
      for (const stream of viewer.streams) stream.sink.end();
    }
  }

  private async replay(viewer: LiveViewer, stream: LiveStream, gap: Gap): Promise<void> {
    try {
      for await (const item of this.gaps.read(gap, stream.sink.gone)) {
        if (item === 'lost') {
          const { creation, sequence } = this.requirePosition();
          stream.reset(creation, sequence);
          break;
        }
        if (!isFor(viewer, item)) continue;
        stream.replayed(item.sequence, this.frameOf(item, gap.creation));
        await stream.sink.drained();
      }
      stream.caughtUp();
    } catch (error) {
      if (stream.sink.gone.aborted) return;
      // The client resumes from the last id that it got; a gap is never skipped.
      this.log.warn({ err: error, userId: viewer.userId }, 'A replay failed: ended the stream');
      stream.sink.end();
    }
  }

  private frameOf(item: FeedItem, creation: string): string {
    if (item.kind === 'cursor') {
      return liveFrame('cursor', { conversationId: item.conversationId, cursor: item.cursor });
    }
    const { conversation, item: entry, sequence } = item;
    return liveFrame('conversation', { conversation, item: entry }, formatPosition({ creation, sequence }));
  }

  private keep(viewer: LiveViewer, stream: LiveStream): void {
    viewer.streams.add(stream);
    const claims = { tenantId: viewer.tenantId, userId: viewer.userId, sessionId: stream.sessionId };
    const heartbeat = setInterval(() => {
      stream.sink.send(HEARTBEAT_FRAME);
      void this.principals.find(claims).then(
        (principal) => principal ?? stream.sink.end(),
        // Not to be had now; the next heartbeat asks again.
        () => undefined,
      );
    }, HEARTBEAT_MS);
    const leave = (): void => {
      clearInterval(heartbeat);
      viewer.streams.delete(stream);
      this.audience.leave(viewer);
    };
    if (stream.sink.gone.aborted) leave();
    else stream.sink.gone.addEventListener('abort', leave, { once: true });
  }

  private requirePosition(): LivePosition {
    if (!this.position || this.closing) {
      throw new Refused('UNAVAILABLE', 'Live events cannot be had at the moment.', { retryAfter: 1 });
    }
    return this.position;
  }

  private async lookAgain(tenantId: string, first: boolean): Promise<void> {
    const viewers = this.audience.of(tenantId);
    await Promise.all(
      viewers.map(async (viewer) => {
        try {
          if ((await viewer.look()) || first) viewer.send(liveFrame('directory', {}));
        } catch (error) {
          this.log.warn({ err: error, userId: viewer.userId }, 'Could not look again at what a viewer sees');
        }
      }),
    );
  }
}

const isFor = (viewer: LiveViewer, item: FeedItem): boolean =>
  item.kind === 'cursor' ? item.userId === viewer.userId : viewer.sees(item.inboxId);
