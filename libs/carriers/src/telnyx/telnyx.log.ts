import { z } from 'zod';
import { fail, ok } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { HttpRequest, OpenAccount } from '../carrier.js';
import {
  HALF_AN_HOUR_MS,
  isoSeconds,
  logAnswer,
  logJson,
  logPage,
  UNREADABLE_TEXT,
  type CarrierLog,
  type LogEntry,
} from '../carrier-log.js';
import { countField, idField, timeField, wordField } from '../fields.js';
import { apiBase } from '../send-answer.js';
import { telnyxErrorClass, telnyxStatus } from './telnyx.status.js';
import { readTelnyxMessage } from './telnyx.webhook.js';

const list = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ page_number: z.number().int(), total_pages: z.number().int() }),
});
const record = z.object({
  uuid: idField,
  direction: z.string(),
  cli: z.string().nullish(),
  cld: z.string().nullish(),
  status: z.string().max(64).nullish(),
  created_at: timeField,
  parts: countField,
  errors: z.array(wordField).nullish().catch(null),
});

function readRecord(raw: unknown): LogEntry | typeof UNREADABLE_TEXT | null {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return null;
  const { uuid, direction, created_at: at, parts } = parsed.data;
  const from = normalizeAddress(parsed.data.cli ?? '');
  const to = normalizeAddress(parsed.data.cld ?? '');
  if (direction.toLowerCase() === 'inbound') {
    if (from === null || to === null) return UNREADABLE_TEXT;
    const message = { kind: 'message', providerMessageId: uuid, from, to, group: [], text: '' } as const;
    return {
      kind: 'text',
      at,
      message: { ...message, media: [], segments: parts, sentAt: at },
      content: 'elsewhere',
    };
  }
  const word = (parsed.data.status ?? '').toLowerCase();
  const errorCode = parsed.data.errors?.[0] ?? null;
  return {
    kind: 'reply',
    at,
    from,
    to,
    text: null,
    report: {
      kind: 'status',
      providerMessageId: uuid,
      status: telnyxStatus(word),
      rawStatus: word,
      errorCode,
      errorClass: errorCode === null ? null : telnyxErrorClass(errorCode),
      description: null,
      reference: null,
    },
  };
}

const get = (path: string, account: OpenAccount): HttpRequest => ({
  method: 'GET',
  url: `${apiBase(account.settings['apiBase'], 'https://api.telnyx.com')}/v2/${path}`,
  headers: { authorization: `Bearer ${account.secrets['apiKey'] ?? ''}`, accept: 'application/json' },
  body: '',
});

/**
 * Message detail records, which leave out the words: those are fetched one by one, where they are missing here.
 * Sources: https://developers.telnyx.com/api/detail-records/search-detail-records and
 * https://developers.telnyx.com/docs/messaging/messages/message-detail-records
 */
export const telnyxLog: CarrierLog = {
  sources: ['records'],
  longestSpanMs: null,
  appearsWithinMs: HALF_AN_HOUR_MS,
  pauseMs: 1_000,
  login: (settings) => settings['publicKey'] ?? '',
  buildList: ({ from, to, page }, account) => {
    const query = new URLSearchParams({
      'filter[record_type]': 'messaging',
      'filter[created_at][gte]': isoSeconds(from),
      'filter[created_at][lt]': isoSeconds(to),
      'page[number]': page ?? '1',
      'page[size]': '50',
      sort: 'created_at',
    });
    return get(`detail_records?${query.toString()}`, account);
  },
  parseList: (response) => {
    const page = logAnswer(response, 'Telnyx', list);
    if (!page.ok) return page;
    const { page_number, total_pages } = page.value.meta;
    const next = page_number < total_pages ? String(page_number + 1) : null;
    return ok(logPage(page.value.data, next, readRecord));
  },
  buildFetch: (text, account) => get(`messages/${encodeURIComponent(text.providerMessageId)}`, account),
  parseFetch: (response, text) => {
    const json = logJson(response, 'Telnyx');
    if (!json.ok) return json;
    const whole = z.object({ data: z.unknown() }).safeParse(json.value);
    const read = readTelnyxMessage({ data: { payload: whole.data?.data } });
    const [message] = read.ok ? read.value : [];
    if (message?.kind !== 'message' || message.providerMessageId !== text.providerMessageId) {
      return fail({
        kind: 'refused',
        retryAfterMs: null,
        reason: `Telnyx did not hand out the words: ${read.ok ? 'another message' : read.error}`,
      });
    }
    return ok({ ...message, sentAt: message.sentAt ?? text.sentAt ?? null });
  },
};
