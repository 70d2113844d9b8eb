import { describe, expect, it } from '@jest/globals';
import { VIEWING_LASTS_MS } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
import { LiveSink } from './live-sink.js';
import { LiveStream } from './live-stream.js';
import type { LiveViewer } from './live-viewer.js';
import { Presence } from './presence.js';
import type { PresenceSignal } from './presence-signals.js';

class Sink extends LiveSink {
  readonly frames: string[] = [];
  readonly gone = new AbortController().signal;
  send(frame: string): void {
    this.frames.push(frame);
  }
  drained(): Promise<void> {
    return Promise.resolve();
  }
  end(): void {}
}

/** Somebody who sees these inboxes. */
function viewer(userId: string, ...inboxes: string[]) {
  const frames: string[] = [];
  const seen = new Set(inboxes);
  const them = {
    tenantId: 't',
    userId,
    sees: (inboxId: string) => seen.has(inboxId),
    send: (frame: string) => void frames.push(frame),
  };
  return Object.assign(them as unknown as LiveViewer, { frames });
}

const ben: PresenceSignal = {
  kind: 'viewing',
  tenantId: 't',
  inboxId: 'sales',
  conversationId: 'c1',
  user: { id: 'ben', name: 'Ben' },
  on: true,
};

function told(presence: Presence, who: LiveViewer): string[] {
  const sink = new Sink();
  presence.tell(who, new LiveStream(sink, 's', '7', 0, false));
  return sink.frames;
}

describe('who looks at a conversation', () => {
  it('is shown to whoever sees the inbox, and never to oneself', () => {
    const presence = new Presence(new FixedClock());
    const [ada, self, dev] = [viewer('ada', 'sales'), viewer('ben', 'sales'), viewer('dev', 'support')];
    presence.spread(ben, [ada, self, dev]);
    expect(ada.frames).toEqual([
      'event: viewing\ndata: {"conversationId":"c1","user":{"id":"ben","name":"Ben"},"viewing":true}\n\n',
    ]);
    expect([...self.frames, ...dev.frames]).toEqual([]);
    expect([told(presence, ada).length, told(presence, self).length, told(presence, dev).length]).toEqual([
      1, 0, 0,
    ]);
  });

  it('is told to who comes later until it expires or ends, and never to another tenant', () => {
    const clock = new FixedClock();
    const presence = new Presence(clock);
    presence.spread(ben, []);
    clock.advance(VIEWING_LASTS_MS - 1);
    expect(told(presence, viewer('ada', 'sales'))).toHaveLength(1);
    const elsewhere = Object.assign(viewer('ada', 'sales'), { tenantId: 'u' });
    expect(told(presence, elsewhere)).toEqual([]);
    clock.advance(1);
    expect(told(presence, viewer('ada', 'sales'))).toEqual([]);
    presence.spread(ben, []);
    presence.spread({ ...ben, on: false }, []);
    expect(told(presence, viewer('ada', 'sales'))).toEqual([]);
  });

  it('keeps nothing of who types', () => {
    const presence = new Presence(new FixedClock());
    presence.spread({ ...ben, kind: 'typing' }, []);
    expect(told(presence, viewer('ada', 'sales'))).toEqual([]);
  });
});
