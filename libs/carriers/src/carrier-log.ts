import { fail, ok, type Result } from '@partyline/kernel';
import type { z } from 'zod';
import type {
  CarrierMessage,
  CarrierStatusReport,
  HttpRequest,
  HttpResponse,
  OpenAccount,
} from './carrier.js';
import { parseJson } from './payload.js';
import { retryAfterMs } from './retry-after.js';

/** A customer's text as the carrier's own log has it. */
export interface LoggedText {
  readonly kind: 'text';
  /** When the carrier had it; null where the log does not say. */
  readonly at: Date | null;
  /** With the id that its webhook has. */
  readonly message: CarrierMessage;
  /** `elsewhere`: words or media have to be fetched by `buildFetch`. `withheld`: this carrier hands them out to webhooks only. */
  readonly content: 'whole' | 'elsewhere' | 'withheld';
}

/** A text that went out, as the carrier's own log has it. */
export interface LoggedReply {
  readonly kind: 'reply';
  readonly at: Date | null;
  /** Our number; null where the log does not say. */
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string | null;
  readonly report: CarrierStatusReport;
}

export type LogEntry = LoggedText | LoggedReply;

/** One page of one of a carrier's lists. */
export interface LogQuery {
  /** One of `CarrierLog.sources`. */
  readonly source: string;
  readonly from: Date;
  readonly to: Date;
  /** As `LogPage.next` said; null for the first. */
  readonly page: string | null;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** null: this was the last. */
  readonly next: string | null;
  /** Entries that were not understood, and how many of them surely were customers' texts. */
  readonly unreadable: number;
  readonly unreadableTexts: number;
}

/** Why a page was not given. `throttled` and `unavailable` may work later, the others need an Admin. */
export interface LogRefusal {
  readonly kind: 'throttled' | 'unavailable' | 'credentials' | 'refused';
  readonly retryAfterMs: number | null;
  readonly reason: string;
}

/** A carrier's own list of what came in and went out. Pure, like the rest of a carrier. */
export interface CarrierLog {
  /** The lists there are, read one after another. */
  readonly sources: readonly string[];
  /** The longest span that one query may ask for, milliseconds; null: any. */
  readonly longestSpanMs: number | null;
  /** After so long at most a text that was taken stands in the list, milliseconds. */
  readonly appearsWithinMs: number;
  /** Between two calls, milliseconds, so that sending is not slowed down by reading. */
  readonly pauseMs: number;
  /** What tells two accounts with the same login apart from two logins: both see the same list. */
  login(settings: Readonly<Record<string, string>>): string;
  buildList(query: LogQuery, account: OpenAccount): HttpRequest;
  parseList(response: HttpResponse, query: LogQuery, account: OpenAccount): Result<LogPage, LogRefusal>;
  /** Whether an account's webhooks bring this text under another id, so that it would come a second time. */
  isKnownOtherwise?(text: CarrierMessage, account: OpenAccount): boolean;
  buildFetch?(text: CarrierMessage, account: OpenAccount): HttpRequest;
  parseFetch?(
    response: HttpResponse,
    text: CarrierMessage,
    account: OpenAccount,
  ): Result<CarrierMessage, LogRefusal>;
}

/** The JSON of a list's answer; a refusal where it is none. */
export function logJson(response: HttpResponse, name: string): Result<unknown, LogRefusal> {
  const { status, headers, body } = response;
  const refusal = (kind: LogRefusal['kind'], reason: string): Result<never, LogRefusal> =>
    fail({ kind, reason, retryAfterMs: retryAfterMs(headers['retry-after']) });
  if (status === 429) return refusal('throttled', `${name} asks to slow down`);
  if (status === 401 || status === 403) {
    return refusal(
      'credentials',
      `${name} answered ${status}: an Admin has to check the credentials of this carrier account, and that they may list messages`,
    );
  }
  if (status >= 500 || status === 408) return refusal('unavailable', `${name} answered ${status}`);
  if (status < 200 || status >= 300)
    return refusal('refused', `${name} answered ${status} to a list of messages`);
  const json = parseJson(body);
  return json === undefined
    ? refusal('unavailable', `${name} answered something that is not JSON`)
    : ok(json);
}

/** What such an answer holds; a refusal where it is no answer, or not of this shape. */
export function logAnswer<T>(
  response: HttpResponse,
  name: string,
  schema: z.ZodType<T>,
): Result<T, LogRefusal> {
  const json = logJson(response, name);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  return parsed.success ? ok(parsed.data) : notAList(name);
}

/** What a customer sent, and nobody can read: it says nothing about replies. */
export const UNREADABLE_TEXT = 'unreadable text';

/** A page of what can be read. `read`: null for what is not understood, undefined for what is none of our business. */
export function logPage(
  records: readonly unknown[],
  next: string | null,
  read: (record: unknown) => LogEntry | typeof UNREADABLE_TEXT | null | undefined,
): LogPage {
  const entries: LogEntry[] = [];
  let [unreadable, unreadableTexts] = [0, 0];
  for (const record of records) {
    const entry = read(record);
    if (entry === UNREADABLE_TEXT) unreadableTexts += 1;
    if (entry === null || entry === UNREADABLE_TEXT) unreadable += 1;
    else if (entry !== undefined) entries.push(entry);
  }
  return { entries, next, unreadable, unreadableTexts };
}

/** Of what the carriers say nothing about: their lists are usually written within seconds. */
export const HALF_AN_HOUR_MS = 30 * 60_000;

export const notAList = (name: string): Result<never, LogRefusal> =>
  fail({
    kind: 'refused',
    retryAfterMs: null,
    reason: `${name} answered something that is no list of messages`,
  });

/** `2026-11-23T18:00:00.000Z` without its milliseconds, which not every API takes. */
export const isoSeconds = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z');

/** An RFC 2822 or ISO 8601 time; null where it is none. */
export function logTime(raw: string | null | undefined): Date | null {
  if (!raw) return null;
  const time = new Date(raw);
  return Number.isNaN(time.getTime()) ? null : time;
}
