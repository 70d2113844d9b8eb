import { z } from 'zod';
import { ok } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import { basicAuth } from '../basic-auth.js';
import {
  HALF_AN_HOUR_MS,
  logAnswer,
  logPage,
  UNREADABLE_TEXT,
  type CarrierLog,
  type LogEntry,
} from '../carrier-log.js';
import { countField, idField, timeField, wordField } from '../fields.js';
import { apiBase } from '../send-answer.js';
import { plivoErrorClass, plivoStatus } from './plivo.webhook.js';

const PAGE = 20;
const list = z.object({
  objects: z.array(z.unknown()),
  meta: z.object({ next: z.string().nullish(), limit: z.coerce.number().int().min(1).catch(PAGE) }),
});
const record = z.object({
  message_uuid: idField,
  from_number: z.string().nullish(),
  to_number: z.string().nullish(),
  message_direction: z.string(),
  message_state: z.string().max(64),
  message_time: timeField,
  units: countField,
  error_code: wordField.nullish(),
});

function readRecord(raw: unknown, isOfPool: boolean): LogEntry | typeof UNREADABLE_TEXT | null {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return null;
  const { message_uuid, message_direction, message_state, message_time: at, units } = parsed.data;
  const from = normalizeAddress(parsed.data.from_number ?? '');
  const to = normalizeAddress(parsed.data.to_number ?? '');
  if (message_direction === 'inbound') {
    if (from === null || to === null) return UNREADABLE_TEXT;
    const message = {
      kind: 'message',
      providerMessageId: message_uuid,
      from,
      to,
      group: [],
      text: '',
    } as const;
    return {
      kind: 'text',
      at,
      message: { ...message, media: [], segments: units, sentAt: at },
      content: 'withheld',
    };
  }
  const code = parsed.data.error_code;
  const errorCode = code == null || code === '' || /^0+$/.test(code) ? null : code;
  return {
    kind: 'reply',
    at,
    // A Powerpack sends from whichever number of its pool it likes.
    from: isOfPool ? null : from,
    to,
    text: null,
    report: {
      kind: 'status',
      providerMessageId: message_uuid,
      status: plivoStatus(message_state),
      rawStatus: message_state,
      errorCode,
      errorClass: errorCode === null ? null : plivoErrorClass(errorCode),
      description: null,
      reference: null,
    },
  };
}

/** `2026-11-23 18:00:00`, in UTC. */
const plivoTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

/**
 * Without the words of texts; 20 a page, and 20 calls a minute for the whole account.
 * Source: https://www.plivo.com/docs/sms/api/message/list-all-messages/
 */
export const plivoLog: CarrierLog = {
  sources: ['messages'],
  longestSpanMs: null,
  appearsWithinMs: HALF_AN_HOUR_MS,
  pauseMs: 4_000,
  login: (settings) => settings['authId'] ?? '',
  buildList: ({ from, to, page }, { settings, secrets }) => {
    const query = new URLSearchParams({
      limit: String(PAGE),
      offset: page ?? '0',
      message_time__gte: plivoTime(from),
      message_time__lt: plivoTime(to),
    });
    const base = apiBase(settings['apiBase'], 'https://api.plivo.com');
    const user = settings['authId'] ?? '';
    return {
      method: 'GET',
      url: `${base}/v1/Account/${encodeURIComponent(user)}/Message/?${query.toString()}`,
      headers: { authorization: basicAuth(user, secrets['authToken'] ?? ''), accept: 'application/json' },
      body: '',
    };
  },
  parseList: (response, { page }, { settings }) => {
    const parsed = logAnswer(response, 'Plivo', list);
    if (!parsed.ok) return parsed;
    const next = parsed.value.meta.next ? String(Number(page ?? '0') + parsed.value.meta.limit) : null;
    const isOfPool = Boolean(settings['powerpackUuid']);
    return ok(logPage(parsed.value.objects, next, (raw) => readRecord(raw, isOfPool)));
  },
};
