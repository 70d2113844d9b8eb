import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { firstIssue } from '../fields.js';
import { parseJson } from '../payload.js';
import { isTimeFormat } from './generic.time.js';

/** Where a value stands; of several places the first that has one. See `lookUp` for how a place is written. */
const place = z.string().min(1).max(200);
const places = z
  .union([place, z.array(place).min(1).max(10)])
  .transform((one) => (typeof one === 'string' ? [one] : one));
const status = z.enum(['queued', 'sent', 'delivered', 'undelivered', 'failed']);
const headers = z.record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/), z.string().max(2000));
const template = z.string().max(10_000);

/** How one carrier's webhooks and its send API are read and written: what an Admin writes for a carrier we do not know. */
export const mappingSchema = z.strictObject({
  /** `auto` goes by the content type; a GET is always read from its query. */
  format: z.enum(['auto', 'json', 'form', 'multipart', 'xml', 'query']).default('auto'),
  /** Where the events are, if a webhook holds several: a list. */
  each: place.optional(),
  id: places.optional(),
  from: places,
  to: places.optional(),
  text: places,
  /** Refuse a text without words and media instead of keeping it empty. */
  textRequired: z.boolean().default(false),
  media: places.optional(),
  /** Where `place` holds `is`, the text is the URL of a file. */
  mediaWhen: z.strictObject({ place, is: z.string() }).optional(),
  timestamp: places.optional(),
  /** Of a timestamp that names no zone, like `+02:00`. */
  timezone: z
    .string()
    .regex(/^[+-]\d{2}:\d{2}$/)
    .default('+00:00'),
  /** Where a timestamp is written in a way of its own, like `DD/MM/YYYY HH:mm:ss`. */
  timeFormat: z
    .string()
    .max(50)
    .refine(isTimeFormat, 'must name YYYY (or YY), MM and DD, each once, and may name HH, mm and ss')
    .optional(),
  concat: z.strictObject({ ref: places, total: places, part: places }).optional(),
  status: places.optional(),
  /** Where `place` holds `is`, it is a status, also if it has a text. */
  statusWhen: z.strictObject({ place, is: z.string() }).optional(),
  /** The id of the message that a status is about; `id` where it is left out. */
  statusId: places.optional(),
  statusMap: z.record(z.string(), status).default({}),
  /** Our message id, where the carrier repeats it. */
  reference: places.optional(),
  errorCode: places.optional(),
  errorText: places.optional(),
  /** ISO 3166 alpha-2, for numbers that come without their country. */
  defaultCountry: z
    .string()
    .refine(
      (code) => isSupportedCountry(code as CountryCode, metadata),
      'is no country that has phone numbers',
    )
    .optional(),
  signature: z
    .strictObject({
      header: z.string().regex(/^[A-Za-z0-9-]{1,100}$/),
      algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
      encoding: z.enum(['hex', 'base64']).default('hex'),
      /** `{body}`, `{url}` and `{header:name}` stand for what they name. */
      template: template.default('{body}'),
      /** What stands before the signature in its header, like `sha256=`. */
      prefix: z.string().max(50).default(''),
    })
    .optional(),
  response: z
    .strictObject({
      status: z.number().int().min(200).max(299).default(200),
      contentType: z
        .string()
        .regex(/^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/)
        .optional(),
      body: z.string().max(2000).default(''),
    })
    .optional(),
  send: z
    .strictObject({
      method: z.enum(['GET', 'POST']).default('POST'),
      url: template,
      format: z.enum(['json', 'form']).default('json'),
      /** Each value is a template: see `filled`. A JSON field may stand deeper: `message.to`, `to.0`. */
      fields: z.record(z.string().min(1).max(200), template),
      headers: headers.default({}),
      /** Where the answer has the carrier's message id, and what it says when it refuses. */
      id: places,
      errorCode: places.optional(),
      errorText: places.optional(),
    })
    .optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type MappingInput = z.input<typeof mappingSchema>;

const known = new Map<string, Result<Mapping, string>>();
const MOST_KNOWN = 1000;

/** A mapping from its JSON, or what is wrong with it and where. */
export function readMapping(json: string): Result<Mapping, string> {
  const remembered = known.get(json);
  if (remembered) return remembered;
  if (known.size >= MOST_KNOWN) known.clear();
  const parsed = mappingSchema.safeParse(parseJson(json));
  const mapping = parsed.success ? ok(parsed.data) : fail(firstIssue(parsed.error));
  known.set(json, mapping);
  return mapping;
}
