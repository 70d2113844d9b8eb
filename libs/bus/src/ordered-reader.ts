import type { Envelope, EventDefinition, StreamName } from '@partyline/contracts';

/** One creation of a stream and how far it goes. `streamCreated`: milliseconds since 1970, as digits. */
export interface StreamPosition {
  readonly streamCreated: string;
  /** 0 while it is empty. */
  readonly lastSequence: number;
  /** The oldest one still kept; lastSequence + 1 while it is empty. */
  readonly firstSequence: number;
}

export interface ReadEvent {
  readonly kind: 'event';
  readonly sequence: number;
  readonly subject: string;
  readonly envelope: Envelope;
  readonly streamCreated: string;
}

/**
 * The stream is another one than before, or events were skipped: what was read so far cannot be built upon. Reading
 * goes on behind `lastSequence`.
 */
export interface ReadReset extends StreamPosition {
  readonly kind: 'reset';
}

export interface ReadOptions {
  /** The first sequence to yield; absent: only what comes from now on. */
  readonly startSequence?: number;
  /** The creation that startSequence belongs to; where the stream is another one by now, reading begins with a reset. */
  readonly streamCreated?: string;
  /** Only these kinds of events; absent: all, with their data unchecked. */
  readonly definitions?: readonly EventDefinition[];
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

/** Reads a stream in order without acknowledgements, for live views: what was missed is told, never silently skipped. */
export abstract class OrderedReader {
  /** Yields until the signal aborts; waits for a stream that does not exist yet. Survives reconnects. */
  abstract read(stream: StreamName, options?: ReadOptions): AsyncIterable<ReadEvent | ReadReset>;
  /** Rejects with CallUnavailable while the stream does not exist or the bus cannot be reached. */
  abstract position(stream: StreamName): Promise<StreamPosition>;

  async lastSequence(stream: StreamName): Promise<number> {
    return (await this.position(stream)).lastSequence;
  }

  async streamCreated(stream: StreamName): Promise<string> {
    return (await this.position(stream)).streamCreated;
  }
}
