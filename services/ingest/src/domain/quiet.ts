const HOUR_MS = 3_600_000;
const HOURS_A_WEEK = 168;
const WEEKS = 4;
/** With fewer texts a stretch without any is chance. */
const USUAL = 5;
/** An hour later or earlier it must be as clear: clocks change twice a year, and nobody opens to the minute. */
const SHIFTS = [-1, 0, 1];

/** How far back `isQuiet` looks from the last text. */
export const HISTORY_HOURS = WEEKS * HOURS_A_WEEK + 1;

export const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS);

/**
 * Whether a number that usually gets texts has gone quiet: it has had none since `last`, and the same hours of the week
 * brought at least five in each of the four weeks before. So nights and weekends alarm nobody, a busy number is missed
 * after an hour or two, and one with a few texts a week never. `textsIn`: how many came in an hour (since 1970).
 */
export function isQuiet(textsIn: (hour: number) => number, last: Date, now: Date): boolean {
  const from = hourOf(last) + 1;
  const to = Math.min(hourOf(now), hourOf(last) + HOURS_A_WEEK);
  for (let week = 1; week <= WEEKS; week += 1) {
    for (const shift of SHIFTS) {
      const by = shift - week * HOURS_A_WEEK;
      if (texts(textsIn, from + by, to + by) < USUAL) return false;
    }
  }
  return true;
}

function texts(textsIn: (hour: number) => number, from: number, to: number): number {
  let count = 0;
  for (let hour = from; hour < to && count < USUAL; hour += 1) count += textsIn(hour);
  return count;
}
