import { Injectable } from '@nestjs/common';
import { VIEWING_LASTS_MS } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { liveFrame } from '../../domain/live-frame.js';
import type { LiveStream } from './live-stream.js';
import type { LiveViewer } from './live-viewer.js';
import type { PresenceSignal } from './presence-signals.js';

interface Seen {
  readonly signal: PresenceSignal;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Who looks at which conversation just now, as far as this process has heard: nothing of it is stored, and all of it
 * expires. It is kept so that somebody who comes later sees at once who was there before.
 */
@Injectable()
export class Presence {
  private readonly seen = new Map<string, Map<string, Seen>>();

  constructor(private readonly clock: Clock) {}

  /** Passes a signal on to everybody but the person it is about, as far as they see the inbox. */
  spread(signal: PresenceSignal, viewers: readonly LiveViewer[]): void {
    if (signal.kind === 'viewing') this.remember(signal);
    const frame = frameOf(signal);
    for (const viewer of viewers) if (concerns(viewer, signal)) viewer.send(frame);
  }

  /** What a window that just began to listen has missed. */
  tell(viewer: LiveViewer, stream: LiveStream): void {
    for (const { signal } of this.current(viewer.tenantId).values()) {
      if (concerns(viewer, signal)) stream.sink.send(frameOf(signal));
    }
  }

  private remember(signal: PresenceSignal): void {
    const known = this.current(signal.tenantId);
    const key = JSON.stringify([signal.conversationId, signal.user.id]);
    if (signal.on) known.set(key, { signal, until: this.clock.now().getTime() + VIEWING_LASTS_MS });
    else known.delete(key);
    if (known.size > 0) this.seen.set(signal.tenantId, known);
    else this.seen.delete(signal.tenantId);
  }

  private current(tenantId: string): Map<string, Seen> {
    const known = this.seen.get(tenantId) ?? new Map<string, Seen>();
    const now = this.clock.now().getTime();
    for (const [key, { until }] of known) if (until <= now) known.delete(key);
    return known;
  }
}

const concerns = (viewer: LiveViewer, { user, inboxId }: PresenceSignal): boolean =>
  viewer.userId !== user.id && viewer.sees(inboxId);

const frameOf = ({ kind, conversationId, user, on }: PresenceSignal): string =>
  kind === 'typing'
    ? liveFrame('typing', { conversationId, user, typing: on })
    : liveFrame('viewing', { conversationId, user, viewing: on });
