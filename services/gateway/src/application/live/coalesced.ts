/** Between a burst of events and the first look at its outcome, milliseconds: most of a burst is in by then. */
const GATHER_MS = 30;

/** Runs work for keys that became dirty: gathered, at most once every `everyMs`, and never twice at a time. */
export class Coalesced {
  private dirty = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private lastRun = Number.NEGATIVE_INFINITY;
  private stopped = false;

  /** `work` must not reject. */
  constructor(
    private readonly everyMs: number,
    private readonly work: (keys: string[]) => Promise<void>,
  ) {}

  mark(key: string): void {
    this.dirty.add(key);
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.stopped || this.running || this.timer !== undefined || this.dirty.size === 0) return;
    const wait = Math.max(GATHER_MS, this.lastRun + this.everyMs - performance.now());
    this.timer = setTimeout(() => void this.run(), wait);
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.running = true;
    this.lastRun = performance.now();
    const keys = [...this.dirty];
    this.dirty = new Set();
    await this.work(keys);
    this.running = false;
    this.schedule();
  }
}
