import { Repeating } from '@partyline/mongo';

/**
 * What is counted in memory, by key, and written every few seconds and at the end: whoever floods us with junk must not
 * cost writes. `write` settles for itself what becomes of what could not be written.
 */
export class Gathered<T> {
  private waiting = new Map<string, T>();
  private readonly writing: Repeating;

  constructor(
    name: string,
    everyMs: number,
    private readonly write: (gathered: readonly T[]) => Promise<void>,
  ) {
    this.writing = new Repeating(name, everyMs, () => this.flush());
  }

  start(): void {
    this.writing.start();
  }

  async stop(): Promise<void> {
    await this.writing.stop();
    await this.flush();
  }

  peek(key: string): T | undefined {
    return this.waiting.get(key);
  }

  of(key: string, make: () => T): T {
    let found = this.waiting.get(key);
    if (found === undefined) {
      found = make();
      this.waiting.set(key, found);
    }
    return found;
  }

  async flush(): Promise<void> {
    if (this.waiting.size === 0) return;
    const gathered = [...this.waiting.values()];
    this.waiting = new Map();
    await this.write(gathered);
  }
}
