/** Where the time comes from. Domain code gets times as data; everything else asks a Clock, so tests can own it. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
