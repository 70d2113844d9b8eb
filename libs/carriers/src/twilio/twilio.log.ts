import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierMessage, HttpRequest, HttpResponse, OpenAccount } from '../carrier.js';
import {
  HALF_AN_HOUR_MS,
  isoSeconds,
  logAnswer,
  logPage,
  logTime,
  UNREADABLE_TEXT,
  type CarrierLog,
  type LogEntry,
  type LogPage,
  type LogQuery,
  type LogRefusal,
} from '../carrier-log.js';
import { countField, idField, noteField, wordField } from '../fields.js';
import { cleanText } from '../text.js';
import { twilioErrorClass } from './twilio.errors.js';
import { basicAuth, TWILIO_API } from './twilio.send.js';
import { twilioStatus } from './twilio.status.js';

const list = z.object({ messages: z.array(z.unknown()), next_page_uri: z.string().nullish() });
const record = z.object({
  sid: idField,
  direction: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  body: z.string().nullish(),
  status: z.string().max(64),
  error_code: wordField.nullish(),
  error_message: noteField,
  num_segments: countField,
  num_media: z.coerce.number().int().catch(0),
  date_created: z.string().nullish(),
  date_sent: z.string().nullish(),
});
const mediaList = z.object({
  media_list: z.array(z.object({ uri: z.string().startsWith('/'), content_type: z.string().nullish() })),
});

/** A list in Twilio's shape, which SignalWire has too. `name` is the carrier's. */
export function readTwilioList(response: HttpResponse, name: string): Result<LogPage, LogRefusal> {
  const page = logAnswer(response, name, list);
  if (!page.ok) return page;
  return ok(logPage(page.value.messages, page.value.next_page_uri || null, readRecord));
}

function readRecord(raw: unknown): LogEntry | typeof UNREADABLE_TEXT | null {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return null;
  const { sid, direction, body, status, num_media, error_code } = parsed.data;
  // When it was sent says little of when we asked for it: Twilio may hold it in its queue for hours.
  const at = logTime(parsed.data.date_created) ?? logTime(parsed.data.date_sent);
  const from = normalizeAddress(parsed.data.from ?? '');
  const to = normalizeAddress(parsed.data.to ?? '');
  if (direction === 'inbound') {
    if (from === null || to === null) return UNREADABLE_TEXT;
    const message: CarrierMessage = {
      kind: 'message',
      providerMessageId: sid,
      from,
      to,
      group: [],
      text: cleanText(body ?? ''),
      media: [],
      segments: parsed.data.num_segments,
      sentAt: at,
    };
    return { kind: 'text', at, message, content: num_media > 0 ? 'elsewhere' : 'whole' };
  }
  const errorCode = error_code == null || error_code === '' || error_code === '0' ? null : error_code;
  return {
    kind: 'reply',
    at,
    from,
    to,
    text: body ?? null,
    report: {
      kind: 'status',
      providerMessageId: sid,
      status: twilioStatus(status),
      rawStatus: status,
      errorCode,
      errorClass: errorCode === null ? null : twilioErrorClass(errorCode),
      description: parsed.data.error_message,
      reference: null,
    },
  };
}

/** The media of a text, each at its own URL below `base`. */
export function readTwilioMedia(
  response: HttpResponse,
  text: CarrierMessage,
  base: string,
  name: string,
): Result<CarrierMessage, LogRefusal> {
  const found = logAnswer(response, name, mediaList);
  if (!found.ok) return found;
  const media = found.value.media_list.map(({ uri, content_type }) => ({
    url: base + uri.replace(/\.json$/, ''),
    contentType: content_type ?? null,
  }));
  return ok({ ...text, media });
}

/** The URL of a following page, as the carrier named it; null where it leads anywhere but below `prefix`. */
export function nextTwilioUrl(base: string, prefix: string, page: string): string | null {
  return page.startsWith(prefix) ? base + page : null;
}

/**
 * Twilio holds texts in its queue for ten hours at most, and lists by the time of sending, which a text in the queue has
 * none of yet. Source: https://www.twilio.com/docs/api/errors/21611
 */
export const LONGEST_QUEUED_MS = 10 * 3_600_000 + HALF_AN_HOUR_MS;

const apiOf = (account: OpenAccount): string =>
  (account.settings['apiBase'] ?? TWILIO_API).replace(/\/+$/, '');
const messagesOf = (account: OpenAccount): string =>
  `/2010-04-01/Accounts/${encodeURIComponent(account.settings['accountSid'] ?? '')}/Messages`;

function buildList(query: LogQuery, account: OpenAccount): HttpRequest {
  const spans = new URLSearchParams({
    'DateSent>': isoSeconds(query.from),
    'DateSent<': isoSeconds(query.to),
    PageSize: '200',
  });
  const first = `${apiOf(account)}${messagesOf(account)}.json?${spans.toString()}`;
  const next = query.page === null ? null : nextTwilioUrl(apiOf(account), messagesOf(account), query.page);
  return get(next ?? first, account);
}

const get = (url: string, account: OpenAccount): HttpRequest => ({
  method: 'GET',
  url,
  headers: { authorization: basicAuth(account), accept: 'application/json' },
  body: '',
});

/** Source: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources */
export const twilioLog: CarrierLog = {
  sources: ['messages'],
  longestSpanMs: null,
  appearsWithinMs: LONGEST_QUEUED_MS,
  pauseMs: 1_000,
  login: (settings) => settings['accountSid'] ?? '',
  buildList,
  parseList: (response, _query, account) => {
    const page = readTwilioList(response, 'Twilio');
    if (!page.ok || page.value.next === null) return page;
    return nextTwilioUrl('', messagesOf(account), page.value.next) === null
      ? fail({
          kind: 'refused',
          retryAfterMs: null,
          reason: 'Twilio named a next page outside of this account',
        })
      : page;
  },
  // Texts that came by Conversations have another id here.
  isKnownOtherwise: (text, { settings }) => text.to === normalizeAddress(settings['number'] ?? ''),
  buildFetch: (text, account) =>
    get(
      `${apiOf(account)}${messagesOf(account)}/${encodeURIComponent(text.providerMessageId)}/Media.json?PageSize=20`,
      account,
    ),
  parseFetch: (response, text, account) => readTwilioMedia(response, text, apiOf(account), 'Twilio'),
};
