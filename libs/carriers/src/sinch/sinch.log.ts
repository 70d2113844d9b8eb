import { z } from 'zod';
import { ok } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierMessage } from '../carrier.js';
import {
  HALF_AN_HOUR_MS,
  logJson,
  logPage,
  notAList,
  UNREADABLE_TEXT,
  type CarrierLog,
  type LogEntry,
} from '../carrier-log.js';
import { idField, timeField } from '../fields.js';
import { apiBase } from '../send-answer.js';
import { asReference } from '../status-callback.js';
import { readSinchEvent, sinchReport } from './sinch.webhook.js';

const PAGE = 100;
const counted = z.object({
  count: z.number().int(),
  page: z.number().int(),
  page_size: z.number().int().min(1).catch(PAGE),
});
const inbound = z.object({ received_at: timeField });
const batch = z.object({
  id: idField,
  from: z.string().nullish(),
  to: z.array(z.string()).min(1),
  body: z.unknown(),
  created_at: timeField,
  client_reference: z.unknown().optional(),
  canceled: z.boolean().nullish(),
});
const report = z.object({ recipient: z.string().nullish(), at: timeField });

function readText(raw: unknown): LogEntry | typeof UNREADABLE_TEXT | undefined {
  const events = readSinchEvent(raw, '');
  if (!events.ok) return UNREADABLE_TEXT;
  const message = events.value.find((one): one is CarrierMessage => one.kind === 'message');
  return (
    message && {
      kind: 'text',
      at: inbound.safeParse(raw).data?.received_at ?? null,
      message,
      content: 'whole',
    }
  );
}

/** That a batch is there says that Sinch took it; what became of it is in its reports. */
function readBatch(raw: unknown): LogEntry | null {
  const parsed = batch.safeParse(raw);
  if (!parsed.success) return null;
  const { id, from, to, body, created_at: at, client_reference, canceled } = parsed.data;
  return {
    kind: 'reply',
    at,
    from: normalizeAddress(from ?? ''),
    to: normalizeAddress(to[0] ?? ''),
    text: typeof body === 'string' ? body : null,
    report: {
      kind: 'status',
      providerMessageId: id,
      status: canceled === true ? 'failed' : 'queued',
      rawStatus: canceled === true ? 'Cancelled' : 'Accepted',
      errorCode: null,
      errorClass: canceled === true ? 'unknown' : null,
      description: null,
      reference: asReference(client_reference),
    },
  };
}

function readReport(raw: unknown): LogEntry | null {
  const told = sinchReport(raw);
  const { recipient, at } = report.safeParse(raw).data ?? {};
  return (
    told && {
      kind: 'reply',
      at: at ?? null,
      from: null,
      to: normalizeAddress(recipient ?? ''),
      text: null,
      report: told,
    }
  );
}

const LISTS = {
  inbounds: { field: 'inbounds', read: readText },
  batches: { field: 'batches', read: readBatch },
  delivery_reports: { field: 'delivery_reports', read: readReport },
} as const;
type Source = keyof typeof LISTS;
const isSource = (name: string): name is Source => Object.hasOwn(LISTS, name);

/** Sources: https://developers.sinch.com/docs/sms/api-reference/sms/tag/Inbounds/, /Batches/ and /Delivery-reports/ */
export const sinchLog: CarrierLog = {
  sources: Object.keys(LISTS),
  longestSpanMs: null,
  appearsWithinMs: HALF_AN_HOUR_MS,
  pauseMs: 1_000,
  login: (settings) => settings['servicePlanId'] ?? '',
  buildList: ({ source, from, to, page }, { settings, secrets }) => {
    const query = new URLSearchParams({
      page: page ?? '0',
      page_size: String(PAGE),
      start_date: from.toISOString(),
      end_date: to.toISOString(),
    });
    const base = apiBase(settings['apiBase'], `https://${settings['region'] ?? 'us'}.sms.api.sinch.com`);
    return {
      method: 'GET',
      url: `${base}/xms/v1/${encodeURIComponent(settings['servicePlanId'] ?? '')}/${source}?${query.toString()}`,
      headers: { authorization: `Bearer ${secrets['apiToken'] ?? ''}`, accept: 'application/json' },
      body: '',
    };
  },
  parseList: (response, { source }) => {
    const json = logJson(response, 'Sinch');
    if (!json.ok) return json;
    const page = counted.safeParse(json.value);
    if (!page.success || !isSource(source)) return notAList('Sinch');
    const { field, read } = LISTS[source];
    const records = z.object({ [field]: z.array(z.unknown()).nullish() }).safeParse(json.value);
    if (!records.success) return notAList('Sinch');
    const found = records.data[field] ?? [];
    const more = found.length > 0 && (page.data.page + 1) * page.data.page_size < page.data.count;
    return ok(logPage(found, more ? String(page.data.page + 1) : null, read));
  },
};
