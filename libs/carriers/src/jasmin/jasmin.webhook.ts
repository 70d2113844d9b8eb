import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import { byteForm } from '../byte-form.js';
import type { CarrierEvent, CarrierStatusReport, OpenAccount, WebhookRequest } from '../carrier.js';
import { decodeByCoding } from '../data-coding.js';
import type { ErrorClass } from '../outcome.js';
import { referenceOf } from '../status-callback.js';
import { cleanText, isProviderId } from '../text.js';

type Status = NonNullable<CarrierStatusReport['status']>;
/** States of SMPP 3.4, appendix B, as Jasmin hands them on. */
const STATUSES: Readonly<Record<string, Status>> = {
  ESME_ROK: 'sent',
  ENROUTE: 'sent',
  ACCEPTD: 'sent',
  DELIVRD: 'delivered',
  UNDELIV: 'undelivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  REJECTD: 'failed',
};
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  EXPIRED: 'expired',
  ESME_RINVDSTADR: 'invalid_destination',
  ESME_RINVNUMDESTS: 'invalid_destination',
  ESME_RINVSRCADR: 'unregistered',
  ESME_RTHROTTLED: 'throttled',
  ESME_RMSGQFUL: 'throttled',
  ESME_RINVMSGLEN: 'content',
};

/** Source: https://docs.jasminsms.com/en/latest/apis/http/index.html (receiving texts and receipts) */
export function parseJasminWebhook(
  request: WebhookRequest,
  account: OpenAccount,
): Result<readonly CarrierEvent[], string> {
  const form = byteForm(request.method === 'POST' ? request.body : Buffer.from(request.query, 'latin1'));
  const field = (name: string): string | undefined => form.get(name)?.toString('utf8');
  const id = field('id');
  if (!isProviderId(id)) return fail('id is missing or is not an id');
  const bytes = form.get('content');
  const binary = form.get('binary');
  if (bytes === undefined && binary === undefined && field('from') === undefined)
    return readReceipt(id, field, request);
  const from = normalizeAddress(field('from') ?? '');
  if (from === null) return fail('from is missing or is not an address');
  const to = normalizeAddress(field('to') ?? '');
  if (to === null) return fail('to is missing or is not an address');
  const hex = binary?.toString('latin1') ?? '';
  const raw = /^([0-9a-f]{2})+$/i.test(hex) ? Buffer.from(hex, 'hex') : bytes;
  if (raw === undefined) return fail('there is no content');
  const text = decodeByCoding(raw, codingOf(field('coding')), account.settings['alphabet']);
  const message = {
    providerMessageId: id,
    from,
    to,
    group: [],
    text: cleanText(text),
    media: [],
    segments: null,
  };
  return ok([{ kind: 'message', ...message }]);
}

function readReceipt(
  id: string,
  field: (name: string) => string | undefined,
  request: WebhookRequest,
): Result<readonly CarrierEvent[], string> {
  const word = (field('message_status') ?? '').slice(0, 64);
  const error = Number(field('err') ?? '0');
  const counted = field('dlvrd') ?? field('err');
  if (word === '' && counted === undefined) return fail('message_status is missing');
  const failed = word.startsWith('ESME_') && word !== 'ESME_ROK';
  const status = word === '' ? byCounts(field('dlvrd'), error) : failed ? 'failed' : statusOf(word);
  const isEnd = status === 'failed' || status === 'undelivered';
  const code = failed ? word : error > 0 ? String(field('err')).slice(0, 64) : null;
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status,
      rawStatus: word === '' ? `dlvrd ${field('dlvrd') ?? ''} err ${field('err') ?? ''}`.slice(0, 64) : word,
      errorCode: isEnd ? code : null,
      errorClass: isEnd ? (Object.hasOwn(CLASSES, word) && CLASSES[word]) || 'unknown' : null,
      description: null,
      reference: referenceOf(request.query),
    },
  ]);
}

const statusOf = (word: string): Status | null =>
  Object.hasOwn(STATUSES, word) ? (STATUSES[word] ?? null) : null;

function byCounts(delivered: string | undefined, error: number): Status | null {
  if (error > 0) return 'failed';
  return Number(delivered ?? '0') > 0 ? 'delivered' : null;
}

const codingOf = (said: string | undefined): number | null =>
  said !== undefined && /^\d{1,3}$/.test(said) ? Number(said) : null;
