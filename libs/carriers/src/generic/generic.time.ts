import { readTime } from '../fields.js';
import type { Mapping } from './generic.mapping.js';

const COMPACT = /^(\d{4})(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)?(Z)?$/;
const SLASHED = /^(\d{4})[/.](\d\d)[/.](\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?/;
/** `Tue, 24 Nov 2026 18:00:00 GMT`, `Tue Nov 24 2026 18:00:00 GMT+0000 (UTC)`: no two readings of them differ. */
const IN_WORDS = /^[A-Z][a-z]{2},? .*(?:GMT|UTC|[+-]\d{4})/;
const TWELVE_HOURS = /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? ?[ap]m\b/i;
const ZONE = /(?:z|[+-]\d{2}:?\d{2})$/i;

/**
 * A time as carriers write it: by the mapping's `timeFormat`, else seconds, milliseconds or microseconds since 1970, ISO
 * 8601 and its relatives, or words. null where it is none, because a text is worth more than its time.
 */
export function readCarrierTime(
  raw: string | null,
  { timezone, timeFormat }: Pick<Mapping, 'timezone' | 'timeFormat'>,
): Date | null {
  const text = raw?.trim().slice(0, 100);
  if (!text) return null;
  if (timeFormat !== undefined) return byFormat(text, timeFormat, timezone);
  if (TWELVE_HOURS.test(text))
    return byFormat(text, `YYYY-MM-DD HH:mm${text[16] === ':' ? ':ss' : ''}`, timezone);
  if (/^\d{10}(\.\d+)?$/.test(text)) return new Date(Number(text) * 1000);
  if (/^\d{13}(\.\d+)?$/.test(text)) return new Date(Math.trunc(Number(text)));
  if (/^\d{16}$/.test(text)) return new Date(Math.trunc(Number(text) / 1000));
  const found = COMPACT.exec(text) ?? SLASHED.exec(text);
  if (found) {
    const [, year, month, day, hour, minute, second = '00', zone = timezone] = found;
    return readTime(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  }
  if (IN_WORDS.test(text)) {
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? null : time;
  }
  return readTime(ZONE.test(text) ? text : `${text}${timezone}`);
}

const TOKENS = ['YYYY', 'YY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;

/** By a format like `DD/MM/YYYY HH:mm:ss`; what follows it is left out, but for AM, PM and a zone. */
function byFormat(text: string, format: string, timezone: string): Date | null {
  const places = format.split(/(YYYY|YY|MM|DD|HH|mm|ss)/);
  const pattern = places
    .map((place) =>
      isToken(place) ? `(?<${place}>\\d{${place.length}})` : place.replace(/[^A-Za-z0-9]/g, '\\$&'),
    )
    .join('');
  const found = new RegExp(`^${pattern}`).exec(text);
  if (!found?.groups) return null;
  const { YYYY, YY, MM, DD, HH = '00', mm = '00', ss = '00' } = found.groups;
  const rest = text.slice(found[0].length);
  const half = /^ ?([ap])\.?m\b/i.exec(rest)?.[1]?.toLowerCase();
  const hour = half === undefined ? HH : String((Number(HH) % 12) + (half === 'p' ? 12 : 0)).padStart(2, '0');
  const zone = ZONE.exec(rest)?.[0] ?? timezone;
  return readTime(`${YYYY ?? `20${YY ?? ''}`}-${MM ?? ''}-${DD ?? ''}T${hour}:${mm}:${ss}${zone}`);
}

const isToken = (place: string): boolean => (TOKENS as readonly string[]).includes(place);

/** Whether a format names a day, and nothing twice. */
export function isTimeFormat(format: string): boolean {
  const tokens: readonly string[] = format.match(/YYYY|YY|MM|DD|HH|mm|ss/g) ?? [];
  const once = new Set(tokens).size === tokens.length;
  const year = tokens.filter((token) => token.startsWith('YY')).length === 1;
  return once && year && tokens.includes('MM') && tokens.includes('DD');
}
