import { createHash, type Hash } from 'node:crypto';
import type { CountryCode } from 'libphonenumber-js/core';
import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, OpenAccount, TextPart, WebhookRequest } from '../carrier.js';
import { ourNumber } from '../our-number.js';
import { readEach } from '../read-each.js';
import { asReference, referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';
import { lookUp, wordAt, wordsAt, XmlDocument, type Payload } from './generic.lookup.js';
import type { Mapping } from './generic.mapping.js';
import { readPayload } from './generic.payload.js';
import { readCarrierTime } from './generic.time.js';

/** Within this time the same text without id and time is taken for a repetition of the carrier, not of the customer. */
const REPETITION_MS = 10 * 60_000;

/** What a webhook says, read as the mapping tells. */
export function parseByMapping(
  mapping: Mapping,
  request: WebhookRequest,
  account: OpenAccount,
): Result<readonly CarrierEvent[], string> {
  const payload = readPayload(request, mapping);
  if (!payload.ok) return payload;
  const reading = { mapping, request, account };
  if (mapping.each === undefined) return readEvent(payload.value, reading);
  const list = entriesOf(payload.value, mapping.each);
  if (list.length === 0 && isEmptyList(payload.value, mapping.each)) return ok([]);
  if (list.length === 0) return fail(`${mapping.each}: there is no list`);
  return readEach(list.slice(0, 1000), (body) => readEvent({ ...payload.value, body }, reading));
}

/** A list that is there and has nothing in it; where there is none, the mapping may be wrong. */
const isEmptyList = (payload: Payload, place: string): boolean =>
  lookUp(payload, place).some((one) => Array.isArray(one));

function entriesOf(payload: Payload, place: string): unknown[] {
  if (payload.body instanceof XmlDocument) return payload.body.each(place);
  return lookUp(payload, place).flatMap((one): unknown[] => (Array.isArray(one) ? one : [one]));
}

interface Reading {
  readonly mapping: Mapping;
  readonly request: WebhookRequest;
  readonly account: OpenAccount;
}

function readEvent(payload: Payload, reading: Reading): Result<readonly CarrierEvent[], string> {
  const { mapping } = reading;
  const word = wordAt(payload, mapping.status);
  const { statusWhen } = mapping;
  // An inbound text may have a status too; what has a text is a text, if nothing else is said.
  const isStatus = statusWhen
    ? wordAt(payload, [statusWhen.place]) === statusWhen.is
    : word !== null && wordAt(payload, mapping.text) === null;
  return isStatus ? readStatus(word ?? '', payload, reading) : readText(payload, reading);
}

function readStatus(
  word: string,
  payload: Payload,
  { mapping, request }: Reading,
): Result<readonly CarrierEvent[], string> {
  const known = Object.hasOwn(mapping.statusMap, word) ? (mapping.statusMap[word] ?? null) : null;
  if (known === null && (word === '' || word === '0'))
    return fail(`${placesOf(mapping.status)}: there is no status`);
  const id = wordAt(payload, mapping.statusId ?? mapping.id);
  if (!isProviderId(id))
    return fail(`${placesOf(mapping.statusId ?? mapping.id)}: is missing or is not an id`);
  const failed = known === 'failed' || known === 'undelivered';
  const errorCode = wordAt(payload, mapping.errorCode)?.slice(0, 64) || null;
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: known,
      rawStatus: word.slice(0, 64),
      errorCode: failed ? errorCode : null,
      errorClass: failed ? 'unknown' : null,
      description: failed ? (wordAt(payload, mapping.errorText)?.slice(0, 500) ?? null) : null,
      reference: referenceOf(request.query) ?? asReference(wordAt(payload, mapping.reference)),
    },
  ]);
}

function readText(payload: Payload, reading: Reading): Result<readonly CarrierEvent[], string> {
  const { mapping, account } = reading;
  const country = mapping.defaultCountry as CountryCode | undefined;
  const from = normalizeAddress(wordAt(payload, mapping.from) ?? '', country);
  if (from === null) return fail(`${placesOf(mapping.from)}: is missing or is not an address`);
  const text = wordAt(payload, mapping.text);
  const isFile =
    mapping.mediaWhen !== undefined && wordAt(payload, [mapping.mediaWhen.place]) === mapping.mediaWhen.is;
  const urls = [...wordsAt(payload, mapping.media), ...(isFile && text ? [text] : [])];
  if (text === null && urls.length === 0 && mapping.textRequired) {
    return fail(`${placesOf(mapping.text)}: there is neither text nor media`);
  }
  const said = wordAt(payload, mapping.to);
  const given = wordAt(payload, mapping.id) || null;
  // With spaces or the like it is still the carrier's id: where it is the same, the text is.
  const id = given === null || isProviderId(given) ? given : hashId(createHash('sha256').update(given));
  const sentAt = readCarrierTime(wordAt(payload, mapping.timestamp), mapping);
  return ok([
    {
      kind: 'message',
      providerMessageId: id ?? contentId(payload, sentAt, reading),
      from,
      to: ourNumber(said === null ? null : normalizeAddress(said, country), account),
      group: [],
      text: isFile ? '' : cleanText(text ?? ''),
      media: urls.slice(0, 10).map((url) => ({ url, contentType: null })),
      segments: null,
      sentAt,
      part: partOf(payload, mapping),
    },
  ]);
}

const placesOf = (places: readonly string[] | undefined): string => (places ?? ['the mapping']).join(' or ');

/**
 * The id of a text whose carrier gives none: the same for the same content. Where that has no time in it, a window of
 * time is part of it, so that a customer can say "ok" twice a day.
 */
function contentId(payload: Payload, sentAt: Date | null, { request, mapping }: Reading): string {
  const window = sentAt === null ? String(Math.floor(request.receivedAt.getTime() / REPETITION_MS)) : '';
  const places = [mapping.from, mapping.to, mapping.text, mapping.media, mapping.timestamp];
  const content =
    mapping.each === undefined
      ? [request.query, request.body]
      : places.flatMap((one) => ['\0', ...wordsAt(payload, one)]);
  const hash = createHash('sha256').update(window);
  for (const one of content) hash.update('\n').update(one);
  return hashId(hash);
}

const hashId = (hash: Hash): string => `hash-${hash.digest('hex').slice(0, 40)}`;

function partOf(payload: Payload, { concat }: Mapping): TextPart | null {
  if (!concat) return null;
  const ref = wordAt(payload, concat.ref);
  const total = Number(wordAt(payload, concat.total));
  const number = Number(wordAt(payload, concat.part));
  const whole =
    Number.isInteger(total) && Number.isInteger(number) && number >= 1 && number <= total && total <= 255;
  return ref && whole ? { ref: ref.slice(0, 64), total, number } : null;
}
