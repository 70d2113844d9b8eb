import { liveFrame } from '../../domain/live-frame.js';
import { OrderedDelivery } from '../../domain/ordered-delivery.js';
import { formatPosition } from '../../domain/stream-position.js';
import type { LiveSink } from './live-sink.js';

/** So many live events may wait while a gap is replayed; a client that needs longer is cut off and resumes. */
const MOST_WAITING = 5_000;

/** One window of one person. */
export class LiveStream {
  private readonly delivery: OrderedDelivery<string>;

  constructor(
    readonly sink: LiveSink,
    readonly sessionId: string,
    private creation: string,
    after: number,
    replaying: boolean,
  ) {
    this.delivery = new OrderedDelivery(after, replaying);
  }

  /** Before anything else: everything up to `position` is in the snapshots that the client fetches, or has. */
  ready(): void {
    const position = this.position();
    this.sink.send(liveFrame('ready', { position }, position));
  }

  live(sequence: number, frame: string): void {
    this.sendAll(this.delivery.live(sequence, frame));
    if (this.delivery.backlog > MOST_WAITING) this.sink.end();
  }

  replayed(sequence: number, frame: string): void {
    this.sendAll(this.delivery.replayed(sequence, frame));
  }

  caughtUp(): void {
    this.sendAll(this.delivery.caughtUp());
  }

  /** Nothing that the client has can be built upon: it fetches all of it, and events go on after `after`. */
  reset(creation: string, after: number): void {
    this.creation = creation;
    this.delivery.restart(after);
    const position = this.position();
    this.sink.send(liveFrame('reset', { position }, position));
  }

  private position(): string {
    return formatPosition({ creation: this.creation, sequence: this.delivery.position });
  }

  private sendAll(frames: readonly string[]): void {
    for (const frame of frames) this.sink.send(frame);
  }
}
