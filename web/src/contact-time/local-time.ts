import type { ContactTime, TimelineItem } from '@partyline/contracts';

/** Whoever wrote so lately is awake. */
const AWAKE_MS = 30 * 60_000;

/** What the clocks show there, the earliest first, each time once; the place where there is one only. */
function shownThere(timeZones: readonly string[], at: number): { times: string[]; place: string } {
  const sorted = timeZones
    .map((timeZone) => {
      const dated = new Date(at).toLocaleString('sv', { timeZone });
      const hour = { timeZone, hour: 'numeric', minute: '2-digit' } as const;
      return { dated, time: new Date(at).toLocaleTimeString(undefined, hour) };
    })
    .toSorted((a, b) => a.dated.localeCompare(b.dated));
  const [zone, second] = timeZones;
  const city = second === undefined ? zone?.split('/').at(-1)?.replaceAll('_', ' ') : undefined;
  return { times: [...new Set(sorted.map(({ time }) => time))], place: city ? ` (${city})` : '' };
}

/** `10:40 PM there (New York)`; null where the numbers do not tell. */
export function timeThere({ timeZones }: ContactTime, now: number): string | null {
  const { times, place } = shownThere(timeZones, now);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined) return null;
  return first === last ? `${first} there${place}` : `Between ${first} and ${last} there`;
}

/** That it is night where the contact is; null where it is not, as far as anybody knows. */
export function nightSentence({ timeZones, quiet }: ContactTime, now: number): string | null {
  if (quiet === null || now < Date.parse(quiet.from) || now >= Date.parse(quiet.until)) return null;
  const { times, place } = shownThere(timeZones, now);
  const [first, last] = [times[0], times.at(-1)];
  if (first !== last) return `It is between ${first} and ${last} where this contact is: quiet hours.`;
  const { times: ends } = shownThere(timeZones, Date.parse(quiet.until));
  return `It is ${first} where this contact is${place}: quiet hours, until ${ends[0]}.`;
}

/** Whether the customer has just written, so that an answer wakes nobody. */
export const isAwake = (items: readonly TimelineItem[], now: number): boolean =>
  items.some((item) => item.type === 'message.received' && now - Date.parse(item.at) < AWAKE_MS);
