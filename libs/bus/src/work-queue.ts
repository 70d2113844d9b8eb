import { setImmediate } from 'node:timers/promises';
import type { IncomingMessage } from './incoming-event.js';

export interface BatchOptions {
  /** The most messages that are handed over at once. */
  readonly batch: number;
  /** How long the first of a batch waits for others, milliseconds. */
  readonly lingerMs: number;
}

/** Messages that were pulled and wait for their handler, which gets all that are there, at most `batch` at a time. */
export class WorkQueue {
  private readonly waiting: IncomingMessage[] = [];
  private handling: readonly IncomingMessage[] = [];
  private closed = false;
  /** How many have to wait before the runner is woken. */
  private patience = 1;
  private wake: (() => void) | undefined;
  private roomMade: (() => void) | undefined;

  /** `signOfLifeMs`: how often JetStream is told of every message in our hands that it is being worked on. */
  constructor(
    private readonly options: BatchOptions,
    private readonly signOfLifeMs: number,
    private readonly settle: (messages: readonly IncomingMessage[]) => Promise<void>,
  ) {}

  add(message: IncomingMessage): void {
    // Given back at once, so that another replica gets it without waiting for our acknowledgement.
    if (this.closed) return message.nak();
    this.waiting.push(message);
    if (this.waiting.length >= this.patience) this.wake?.();
  }

  /** Resolves when another batch may be pulled: when no more than one waits, or when it is closed. */
  async room(): Promise<void> {
    while (this.waiting.length > this.options.batch && !this.closed) {
      await new Promise<void>((resolve) => {
        this.roomMade = resolve;
      });
    }
  }

  /** Handles until closed. */
  async run(): Promise<void> {
    const timer = setInterval(() => this.signOfLife(), this.signOfLifeMs);
    while (!this.closed) {
      if (this.waiting.length === 0) {
        await this.untilThereAre(1);
        // What came in the same packet belongs into the same batch.
        await setImmediate();
        await this.linger();
        continue;
      }
      this.handling = this.waiting.splice(0, this.options.batch);
      this.roomMade?.();
      await this.settle(this.handling);
      this.handling = [];
    }
    clearInterval(timer);
    for (const message of this.waiting.splice(0)) message.nak();
  }

  /** Lets the batch in hand be finished; run() then gives back the rest. */
  close(): void {
    this.closed = true;
    this.wake?.();
    this.roomMade?.();
  }

  /** Resolves when so many wait, when it is closed, or after that many milliseconds. */
  private async untilThereAre(count: number, ms?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    this.patience = count;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.wake = undefined;
  }

  private async linger(): Promise<void> {
    const { batch, lingerMs } = this.options;
    if (lingerMs > 0 && this.waiting.length < batch && !this.closed)
      await this.untilThereAre(batch, lingerMs);
  }

  private signOfLife(): void {
    for (const message of this.handling) message.working();
    for (const message of this.waiting) message.working();
  }
}
