/**
 * When to look again at who sees what after the directory or a user changed, milliseconds between the looks. The inbox
 * service follows the same events on its own time, so an answer that is asked for at once can still be the old one.
 */
const LOOKS_MS = [150, 850, 3_000] as const;

/** A series of looks per tenant; a change during a series starts it over. */
export class SightRefresh {
  private readonly running = new Map<string, { again: boolean }>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  /** `look` must not reject; `first` is true for the first look after a change. */
  constructor(private readonly look: (tenantId: string, first: boolean) => Promise<void>) {}

  changed(tenantId: string): void {
    const series = this.running.get(tenantId);
    if (series) {
      series.again = true;
      return;
    }
    this.running.set(tenantId, { again: false });
    this.schedule(tenantId, 0);
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private schedule(tenantId: string, index: number): void {
    const wait = LOOKS_MS[index];
    if (wait === undefined || this.stopped) {
      this.running.delete(tenantId);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.step(tenantId, index);
    }, wait);
    this.timers.add(timer);
  }

  private async step(tenantId: string, index: number): Promise<void> {
    await this.look(tenantId, index === 0);
    const series = this.running.get(tenantId);
    const startOver = series?.again === true;
    if (series) series.again = false;
    this.schedule(tenantId, startOver ? 0 : index + 1);
  }
}
