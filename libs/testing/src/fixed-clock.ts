import { Clock } from '@partyline/kernel';

/** A clock that stands still until the test moves it. */
export class FixedClock extends Clock {
  private current: number;

  constructor(start: Date | string = '2026-11-23T12:00:00.000Z') {
    super();
    this.current = new Date(start).getTime();
  }

  override now(): Date {
    return new Date(this.current);
  }

  advance(milliseconds: number): void {
    this.current += milliseconds;
  }

  set(moment: Date | string): void {
    this.current = new Date(moment).getTime();
  }
}
