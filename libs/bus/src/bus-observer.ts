export type CallOutcome = 'answered' | 'unavailable' | 'timed-out' | 'failed';

/** Hears what happens on the bus, to count it. Seconds throughout. */
export abstract class BusObserver {
  abstract published(succeeded: number, failed: number, seconds: number): void;
  abstract handled(consumer: string, events: number, seconds: number): void;
  abstract retried(consumer: string, events: number): void;
  abstract dead(consumer: string, reason: string): void;
  abstract called(pattern: string, outcome: CallOutcome, seconds: number): void;
  abstract answered(pattern: string, failed: boolean, seconds: number): void;
}

/** For applications that count nothing. */
export class SilentBusObserver extends BusObserver {
  override published(): void {}
  override handled(): void {}
  override retried(): void {}
  override dead(): void {}
  override called(): void {}
  override answered(): void {}
}
