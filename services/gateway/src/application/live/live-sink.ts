/** The connection of one client that listens. */
export abstract class LiveSink {
  /** Writes without waiting. A client that lets too much pile up is cut off, and resumes by its Last-Event-ID. */
  abstract send(frame: string): void;
  /** Resolves when what was sent has left this process, or the connection is gone. */
  abstract drained(): Promise<void>;
  abstract end(): void;
  /** Aborts when the connection is gone, whoever ended it. */
  abstract readonly gone: AbortSignal;
}
