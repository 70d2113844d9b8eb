import type { QuietHours } from '@partyline/contracts';

/** From the first moment to the one before the second. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Time zones further apart than these tell nothing: a toll-free number of North America may be anywhere between Guam
 * and Bermuda, and it is always night somewhere. Every country's own are closer together, but for Russia's.
 */
const APART_MS = 8 * HOUR_MS;

/** Whether they are close enough together for one night. */
export function tellTheTime(timeZones: readonly string[], now: Date): boolean {
  const offsets = timeZones.map((timeZone) => offsetAt(timeZone, now.getTime()));
  return offsets.length > 0 && Math.max(...offsets) - Math.min(...offsets) <= APART_MS;
}

/** The time that is quiet in any of these zones, without a break: the one that is now, or the next. */
export function quietTime(timeZones: readonly string[], hours: QuietHours, now: Date): Span | null {
  const spans = timeZones
    .flatMap((timeZone) => spansAround(timeZone, hours, now.getTime()))
    .toSorted((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else joined.push({ ...span });
  }
  const next = joined.find(({ until }) => until > now.getTime());
  return next ? { from: new Date(next.from), until: new Date(next.until) } : null;
}

/** The quiet hours of the dates around the one that it is there: they can reach over midnight, and be joined to others. */
function spansAround(
  timeZone: string,
  { from, to }: QuietHours,
  now: number,
): readonly { from: number; until: number }[] {
  const midnight = Math.floor((now + offsetAt(timeZone, now)) / DAY_MS) * DAY_MS;
  return [-2, -1, 0, 1, 2].map((day) => {
    const date = midnight + day * DAY_MS;
    const [begins, ends] = [date + timeOfDay(from), date + timeOfDay(to)];
    return {
      from: Math.min(...moments(timeZone, begins)),
      until: Math.max(...moments(timeZone, ends > begins ? ends : ends + DAY_MS)),
    };
  });
}

/**
 * When clocks show it: twice where they are set back over it; where they are set forward over it, the moments that it
 * would be by the one time and by the other.
 */
function moments(timeZone: string, shown: number): readonly number[] {
  const offsets = [offsetAt(timeZone, shown - DAY_MS), offsetAt(timeZone, shown + DAY_MS)];
  const either = offsets.map((offset) => shown - offset);
  const shows = either.filter((at) => at + offsetAt(timeZone, at) === shown);
  return shows.length > 0 ? shows : either;
}

function timeOfDay(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * HOUR_MS + minutes * 60_000;
}

/** Making a formatter costs far more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}

/** How far the clocks there are ahead of UTC, milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - second;
}
