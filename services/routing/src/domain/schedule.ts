import type { Schedule } from './directory.js';

const MINUTES_OF_DAY = 24 * 60;
const DAYS: Readonly<Record<string, number>> = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 };

/** Making a formatter costs far more than using it, and there are few time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Whether this installation knows the time zone (an IANA name such as Europe/Berlin). */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Day of the week (1 is Monday) and minutes since midnight, as the clocks of that time zone show them. */
function localTime(at: Date, timeZone: string): { day: number; minutes: number } {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return {
    day: DAYS[parts['weekday'] ?? ''] ?? 1,
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const dayAfter = (day: number): number => (day % 7) + 1;

/** Open at that moment? Hours whose end is not after their begin reach into the next day. */
export function isOpen(schedule: Schedule, at: Date): boolean {
  const now = localTime(at, schedule.timeZone);
  return schedule.hours.some(({ day, from, to }) => {
    const begin = minutesOf(from);
    const end = minutesOf(to);
    if (end > begin) return now.day === day && now.minutes >= begin && now.minutes < end;
    return (
      (now.day === day && now.minutes >= begin && now.minutes < MINUTES_OF_DAY) ||
      (now.day === dayAfter(day) && now.minutes < end)
    );
  });
}
