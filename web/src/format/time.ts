const clockFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const yearFormat = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'long', day: 'numeric' });
const shortDayFormat = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const weekdayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `14:02`, as the reader's country writes it. */
export const clock = (at: string | Date): string => clockFormat.format(new Date(at));
export const fullMoment = (at: string): string => fullFormat.format(new Date(at));

/** A wait or an age in one short word: `now`, `4m`, `2h`, `3d`. */
export function short(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'now';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)}m`;
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)}h`;
  return `${Math.floor(milliseconds / DAY)}d`;
}

/** The same for ears and hints: `4 minutes`. */
export function long(milliseconds: number): string {
  const [count, unit] =
    milliseconds < MINUTE
      ? [Math.max(0, Math.floor(milliseconds / 1000)), 'second']
      : milliseconds < HOUR
        ? [Math.floor(milliseconds / MINUTE), 'minute']
        : milliseconds < DAY
          ? [Math.floor(milliseconds / HOUR), 'hour']
          : [Math.floor(milliseconds / DAY), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** How long ago for a conflict: `2 s ago`, `4m ago`, or the clock when it is long past. */
export function ago(at: string, now: number): string {
  const past = Math.max(0, now - Date.parse(at));
  if (past < 1000) return 'just now';
  if (past < MINUTE) return `${Math.floor(past / 1000)} s ago`;
  if (past < DAY) return `${short(past)} ago`;
  return `on ${shortDayFormat.format(new Date(at))}`;
}

/** When something last happened, for a row: the time today, the weekday this week, the date before. */
export function rowTime(at: string, now: number): string {
  const date = new Date(at);
  const days = daysApart(date, new Date(now));
  if (days === 0) return clock(date);
  if (days < 7) return weekdayFormat.format(date);
  return shortDayFormat.format(date);
}

/** When something comes back: the time today, with the weekday within a week, the date later. */
export function wakeTime(at: string, now: number): string {
  const date = new Date(at);
  const days = daysApart(new Date(now), date);
  if (days === 0) return clock(date);
  if (days > 0 && days < 7) return `${weekdayFormat.format(date)} ${clock(date)}`;
  return `${shortDayFormat.format(date)}, ${clock(date)}`;
}

/** The heading of a day in a thread. */
export function dayHeading(at: string, now: number): string {
  const date = new Date(at);
  const days = daysApart(date, new Date(now));
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return date.getFullYear() === new Date(now).getFullYear()
    ? dayFormat.format(date)
    : yearFormat.format(date);
}

export const sameDay = (a: string, b: string): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString();

function daysApart(a: Date, b: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(b) - midnight(a)) / DAY);
}
