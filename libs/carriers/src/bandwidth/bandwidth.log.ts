import { z } from 'zod';
import { ok } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import { basicAuth } from '../basic-auth.js';
import type { CarrierStatusReport } from '../carrier.js';
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
import { bandwidthErrorClass } from './bandwidth.errors.js';

const STATUSES: Readonly<Record<string, NonNullable<CarrierStatusReport['status']>>> = {
  QUEUED: 'queued',
  ACCEPTED: 'sent',
  SENDING: 'sent',
  SENT: 'sent',
  DELIVERED: 'delivered',
  UNDELIVERED: 'undelivered',
  FAILED: 'failed',
};
const list = z.object({
  messages: z.array(z.unknown()),
  pageInfo: z.object({ nextPageToken: z.string().nullish() }).nullish(),
});
const record = z.object({
  messageId: idField,
  sourceTn: z.string().nullish(),
  destinationTn: z.string().nullish(),
  messageStatus: z.string().max(64),
  messageDirection: z.string(),
  segmentCount: countField,
  errorCode: wordField.nullish(),
  receiveTime: timeField,
});

function readRecord(raw: unknown): LogEntry | typeof UNREADABLE_TEXT | null {
  const parsed = record.safeParse(raw);
  if (!parsed.success) return null;
  const { messageId, messageStatus, messageDirection, receiveTime: at, segmentCount } = parsed.data;
  const from = normalizeAddress(parsed.data.sourceTn ?? '');
  const to = normalizeAddress(parsed.data.destinationTn ?? '');
  if (messageDirection.toUpperCase() === 'INBOUND') {
    if (from === null || to === null) return UNREADABLE_TEXT;
    const message = { kind: 'message', providerMessageId: messageId, from, to, group: [], text: '' } as const;
    return {
      kind: 'text',
      at,
      message: { ...message, media: [], segments: segmentCount, sentAt: at },
      content: 'withheld',
    };
  }
  const word = messageStatus.toUpperCase();
  const code = parsed.data.errorCode;
  const errorCode = code == null || code === '0' || code === '' ? null : code;
  return {
    kind: 'reply',
    at,
    from,
    to,
    text: null,
    report: {
      kind: 'status',
      providerMessageId: messageId,
      status: Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null,
      rawStatus: messageStatus,
      errorCode,
      errorClass: errorCode === null ? null : bandwidthErrorClass(errorCode),
      description: null,
      reference: null,
    },
  };
}

/** Without the words of texts. Source: https://dev.bandwidth.com/apis/messaging-apis/messaging (listMessages) */
export const bandwidthLog: CarrierLog = {
  sources: ['messages'],
  longestSpanMs: null,
  appearsWithinMs: HALF_AN_HOUR_MS,
  pauseMs: 1_000,
  login: (settings) => settings['accountId'] ?? '',
  buildList: ({ from, to, page }, { settings, secrets }) => {
    const query = new URLSearchParams({
      fromDateTime: from.toISOString(),
      toDateTime: to.toISOString(),
      limit: '500',
      ...(page === null ? {} : { pageToken: page }),
    });
    const base = apiBase(settings['apiBase'], 'https://messaging.bandwidth.com');
    const user = encodeURIComponent(settings['accountId'] ?? '');
    return {
      method: 'GET',
      url: `${base}/api/v2/users/${user}/messages?${query.toString()}`,
      headers: {
        authorization: basicAuth(settings['apiUser'] ?? '', secrets['apiPassword'] ?? ''),
        accept: 'application/json',
      },
      body: '',
    };
  },
  parseList: (response) => {
    const page = logAnswer(response, 'Bandwidth', list);
    if (!page.ok) return page;
    return ok(logPage(page.value.messages, page.value.pageInfo?.nextPageToken || null, readRecord));
  },
};
