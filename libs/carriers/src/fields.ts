import { z } from 'zod';
import { normalizeAddress } from './address.js';
import { cleanText, isProviderId } from './text.js';

/** A string, or a number as carriers at times write ids, codes and phone numbers. */
export const wordField = z.union([z.string(), z.number().transform(String)]);

export const addressField = wordField.transform((raw, context) => {
  const address = normalizeAddress(raw);
  if (address !== null) return address;
  context.addIssue({ code: 'custom', message: 'is not an address' });
  return z.NEVER;
});

export const idField = wordField.refine(isProviderId, 'is missing or is not an id');

export const textField = z.string().transform(cleanText);

/** An ISO 8601 time; null where it is none, because a text is worth more than its time. */
export const timeField = z
  .string()
  .nullish()
  .transform((raw) => readTime(raw))
  .catch(null);

export const countField = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number),
  ])
  .refine((count) => Number.isInteger(count) && count > 0)
  .nullish()
  .transform((count) => count ?? null)
  .catch(null);

/** A text that explains something, cut to a length that can be kept. */
export const noteField = z
  .string()
  .nullish()
  .transform((note) => (note ? note.slice(0, 500) : null))
  .catch(null);

const HAS_ZONE = /(?:[zZ]|[+-]\d{2}:?\d{2})$/;

/** A zone behind a space, which in forms is what became of its plus. */
const ZONE_APART = /(:\d{2}(?:\.\d+)?) +([+-]?)(\d{2}:?\d{2})$/;

/**
 * `2026-11-23T18:00:00.123Z` and its relatives: a space for the T, a zone apart or without colon, no zone (then UTC).
 */
export function readTime(raw: string | null | undefined): Date | null {
  if (raw == null || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(raw)) return null;
  const iso = raw
    .replace(ZONE_APART, (_all, time: string, sign: string, zone: string) => `${time}${sign || '+'}${zone}`)
    .replace(' ', 'T')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = new Date(HAS_ZONE.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** The first thing that is wrong with a payload, and where. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is not understood'}`;
}
