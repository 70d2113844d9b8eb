import type { ServerResponse } from 'node:http';
import { LiveSink } from '../../../application/live/live-sink.js';

/** What may pile up for one client, bytes. One that reads no faster is better off resuming than waiting. */
const MOST_BUFFERED = 1_048_576;

/** A response that goes on: server-sent events, written straight to the socket. */
export class SseSink extends LiveSink {
  private readonly ending = new AbortController();
  override readonly gone: AbortSignal = this.ending.signal;

  constructor(private readonly response: ServerResponse) {
    super();
    response.once('close', () => this.ending.abort());
    response.once('error', () => this.ending.abort());
  }

  override send(frame: string): void {
    if (this.gone.aborted || this.response.writableEnded) return;
    this.response.write(frame);
    if (this.response.writableLength > MOST_BUFFERED) this.response.destroy();
  }

  override async drained(): Promise<void> {
    if (!this.response.writableNeedDrain || this.gone.aborted) return;
    const { promise, resolve } = deferred();
    this.response.once('drain', resolve);
    this.gone.addEventListener('abort', resolve, { once: true });
    await promise;
    this.response.off('drain', resolve);
    this.gone.removeEventListener('abort', resolve);
  }

  override end(): void {
    this.response.end();
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
