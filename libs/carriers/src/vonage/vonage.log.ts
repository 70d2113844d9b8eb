import { z } from 'zod';
import { ok } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import { basicAuth } from '../basic-auth.js';
import {
  HALF_AN_HOUR_MS,
  isoSeconds,
  logAnswer,
  logPage,
  UNREADABLE_TEXT,
  type CarrierLog,
  type LogEntry,
} from '../carrier-log.js';
import { idField, noteField, timeField, wordField } from '../fields.js';
import { apiBase } from '../send-answer.js';
import { asReference } from '../status-callback.js';
import { cleanText } from '../text.js';
import { vonageErrorClass, vonageStatus } from './vonage.status.js';

const list = z.object({
  records: z.array(z.unknown()).nullish(),
  _links: z.object({ next: z.object({ href: z.string() }).nullish() }).nullish(),
});
const record = z.object({
  message_id: idField,
  from: z.string().nullish(),
  to: z.string().nullish(),
  message_body: z.string().nullish(),
  message_type: z.string().nullish(),
  status: z.string().max(64).nullish(),
  error_code: wordField.nullish(),
  error_code_description: noteField,
  client_ref: z.unknown().optional(),
  date_received: timeField,
});

function readInbound(raw: unknown): LogEntry | typeof UNREADABLE_TEXT {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return UNREADABLE_TEXT;
  const { message_id, message_body, date_received: at } = parsed.data;
  const from = normalizeAddress(parsed.data.from ?? '');
  const to = normalizeAddress(parsed.data.to ?? '');
  if (from === null || to === null) return UNREADABLE_TEXT;
  const message = { kind: 'message', providerMessageId: message_id, from, to, group: [] } as const;
  return {
    kind: 'text',
    at,
    message: { ...message, text: cleanText(message_body ?? ''), media: [], segments: null, sentAt: at },
    content: message_body == null ? 'withheld' : 'whole',
  };
}

function readOutbound(raw: unknown, api: 'receipt' | 'messages'): LogEntry | null {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return null;
  const { message_id, message_body, error_code, date_received: at } = parsed.data;
  const word = (parsed.data.status ?? '').toLowerCase();
  const errorCode = error_code == null || error_code === '' || error_code === '0' ? null : error_code;
  return {
    kind: 'reply',
    at,
    from: normalizeAddress(parsed.data.from ?? ''),
    to: normalizeAddress(parsed.data.to ?? ''),
    text: message_body ?? null,
    report: {
      kind: 'status',
      providerMessageId: message_id,
      status: vonageStatus(word),
      rawStatus: word,
      errorCode,
      errorClass: errorCode === null ? null : vonageErrorClass(api, errorCode),
      description: parsed.data.error_code_description,
      reference: asReference(parsed.data.client_ref),
    },
  };
}

/** What of a link to the next page tells where it goes on: `cursor` and `iv`. */
function nextPage(href: string | undefined): string | null {
  if (!href) return null;
  const query = new URLSearchParams(/\?(.*)$/s.exec(href)?.[1] ?? '');
  const cursor = query.get('cursor');
  if (!cursor) return null;
  return new URLSearchParams({
    cursor,
    ...(query.has('iv') ? { iv: query.get('iv') ?? '' } : {}),
  }).toString();
}

const DAY_MS = 24 * 3_600_000;

/**
 * The Reports API, with the words; a day at a time. Vonage charges for records by it.
 * Source: https://developer.vonage.com/reports/code-snippets/load-records-sync-dates
 */
export const vonageLog: CarrierLog = {
  sources: ['inbound', 'outbound'],
  longestSpanMs: DAY_MS,
  appearsWithinMs: HALF_AN_HOUR_MS,
  pauseMs: 1_000,
  login: (settings) => settings['apiKey'] ?? '',
  buildList: ({ source, from, to, page }, { settings, secrets }) => {
    const apiKey = settings['apiKey'] ?? '';
    const query = new URLSearchParams({
      account_id: apiKey,
      product: settings['api'] === 'messages' ? 'MESSAGES' : 'SMS',
      direction: source,
      date_start: isoSeconds(from),
      date_end: isoSeconds(to),
      include_message: 'true',
    });
    for (const [name, value] of new URLSearchParams(page ?? '')) query.set(name, value);
    return {
      method: 'GET',
      url: `${apiBase(settings['reportsBase'], 'https://api.nexmo.com')}/v2/reports/records?${query.toString()}`,
      headers: { authorization: basicAuth(apiKey, secrets['apiSecret'] ?? ''), accept: 'application/json' },
      body: '',
    };
  },
  parseList: (response, { source }, { settings }) => {
    const page = logAnswer(response, 'Vonage', list);
    if (!page.ok) return page;
    const { records, _links } = page.value;
    const api = settings['api'] === 'messages' ? 'messages' : 'receipt';
    const read = source === 'inbound' ? readInbound : (raw: unknown) => readOutbound(raw, api);
    return ok(logPage(records ?? [], nextPage(_links?.next?.href), read));
  },
};
