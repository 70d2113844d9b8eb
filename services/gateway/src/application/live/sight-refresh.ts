/**
 * When to look again at who sees what after the directory or a user changed, milliseconds between the looks. The inbox
 * service follows the same events on its own time, so an answer that is asked for at once can still be the old one.
 */
const LOOKS_MS = [150, 850, 3_000] as const;

interface Series {
  /** Which look is next, or under way. */
  index: number;
  timer: NodeJS.Timeout | undefined;
  /** Something changed while a look was under way. */
  again: boolean;
}

/** A series of looks per tenant; a change during a series starts it over. */
export class SightRefresh {
  private readonly running = new Map<string, Series>();
  private stopped = false;

  /** `look` must not reject; `first` is true for the first look after a change. */
  constructor(private readonly look: (tenantId: string, first: boolean) => Promise<void>) {}

  changed(tenantId: string): void {
    const series = this.running.get(tenantId);
    if (!series) {
      const begun: Series = { index: 0, timer: undefined, again: false };
      this.running.set(tenantId, begun);
      this.schedule(tenantId, begun, 0);
    } else if (series.timer === undefined) {
      series.again = true;
    } else if (series.index > 0) {
      clearTimeout(series.timer);
      this.schedule(tenantId, series, 0);
    }
  }

  stop(): void {
    this.stopped = true;
    for (const { timer } of this.running.values()) clearTimeout(timer);
  }

  private schedule(tenantId: string, series: Series, index: number): void {
    const wait = LOOKS_MS[index];
    if (wait === undefined || this.stopped) {
      this.running.delete(tenantId);
      return;
    }
    series.index = index;
    series.timer = setTimeout(() => void this.step(tenantId, series), wait);
  }

  private async step(tenantId: string, series: Series): Promise<void> {
    series.timer = undefined;
    await this.look(tenantId, series.index === 0);
    const next = series.again ? 0 : series.index + 1;
    series.again = false;
    this.schedule(tenantId, series, next);
  }
}
