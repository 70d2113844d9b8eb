import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { addressKind, normalizeAddress } from '../address.js';
import type { CarrierEvent, CarrierMedia, OpenAccount, WebhookRequest } from '../carrier.js';
import { readTime } from '../fields.js';
import { othersOf } from '../group.js';
import { ourNumber } from '../our-number.js';
import { parseJson } from '../payload.js';
import { cleanText, isProviderId } from '../text.js';
import { twilioErrorClass } from './twilio.errors.js';
import { twilioStatus } from './twilio.status.js';
import { twilioFields } from './twilio.webhook.js';

type Field = (name: string) => string | null;

const MAX_MEDIA = 10;
const WORD = /^[A-Za-z0-9]{1,64}$/;
const attached = z.array(
  z.object({ Sid: z.string().regex(WORD), ContentType: z.string().nullish().catch(null) }),
);
const described = z.object({ links: z.object({ content_direct_temporary: z.string().min(1) }) });

/**
 * One event of Twilio Conversations; null: the webhook is none of Conversations'. What is no text of a customer and no
 * status (people who join, texts that are edited, texts that came by Twilio's API or SDK) says nothing to us.
 * Source: https://www.twilio.com/docs/conversations/conversations-webhooks
 */
export function parseConversationWebhook(
  request: WebhookRequest,
  account: OpenAccount,
): Result<readonly CarrierEvent[], string> | null {
  const fields = twilioFields(request);
  if (!fields.ok) return null;
  const field: Field = (name) => fields.value.get(name);
  const event = field('EventType') ?? '';
  if (event === 'onMessageAdded') return readText(field, account);
  if (event === 'onDeliveryUpdated') return readStatus(field);
  // Status callbacks of other channels have an EventType too: READ, UNDELIVERED.
  return event.startsWith('on') ? ok([]) : null;
}

/** Texts by API and SDK are what somebody of the company wrote: the echo of a reply, not a customer's text. */
const isEcho = (source: string | null): boolean => /^(api|sdk)$/i.test(source ?? '');

function readText(field: Field, account: OpenAccount): Result<readonly CarrierEvent[], string> {
  if (isEcho(field('Source'))) return ok([]);
  const providerMessageId = field('MessageSid');
  if (!isProviderId(providerMessageId)) return fail('MessageSid is missing or is not an id');
  const from = normalizeAddress(field('Author') ?? '');
  if (from === null) return fail('Author is missing or is not an address');
  const media = mediaOf(field, account);
  const body = field('Body');
  if (!body && media.length === 0) return fail('there is neither a Body nor Media that can be read');
  const to = ourNumber(
    field('MessagingBinding.ProxyAddress') ||
      field('MessagingBinding.ProjectedAddress') ||
      account.settings['number'] ||
      field('MessagingServiceSid'),
    account,
  );
  return ok([
    {
      kind: 'message',
      providerMessageId,
      from,
      to,
      group: othersOf(addressesIn(field('MessagingBinding.Address')), from, to),
      text: cleanText(body ?? ''),
      media,
      segments: null,
      sentAt: readTime(field('DateCreated')),
    },
  ]);
}

/** Of a group text Twilio writes several addresses in one field. */
const addressesIn = (list: string | null): string[] =>
  (list ?? '')
    .split(/[\s,;"[\]]+/)
    .map((one) => normalizeAddress(one))
    .filter((one) => one !== null)
    .filter((one) => addressKind(one) === 'e164');

/** What is not understood is left out: a text is worth more than its picture. */
function mediaOf(field: Field, account: OpenAccount): CarrierMedia[] {
  const parsed = attached.safeParse(parseJson(field('Media') ?? ''));
  const service = field('ChatServiceSid') ?? '';
  if (!parsed.success || !WORD.test(service)) return [];
  const base = `https://mcs.${regionOf(account)}.twilio.com/v1/Services/${service}/Media`;
  return parsed.data.slice(0, MAX_MEDIA).map(({ Sid, ContentType }) => ({
    url: `${base}/${Sid}`,
    contentType: ContentType || null,
  }));
}

/** `https://api.dublin.ie1.twilio.com` is in ie1. */
const regionOf = (account: OpenAccount): string =>
  /\.([a-z]{2}\d)\.twilio\.com\b/.exec(account.settings['apiBase'] ?? '')?.[1] ?? 'us1';

/** Each recipient has a receipt; `ChannelMessageSid` is the text's id outside of Conversations, by which it was sent. */
function readStatus(field: Field): Result<readonly CarrierEvent[], string> {
  const providerMessageId = field('ChannelMessageSid') || field('MessageSid');
  if (!isProviderId(providerMessageId)) return fail('ChannelMessageSid is missing or is not an id');
  const word = (field('Status') ?? '').slice(0, 64);
  if (word === '') return fail('Status is missing');
  const code = field('ErrorCode');
  const errorCode = !code || code === '0' ? null : code;
  return ok([
    {
      kind: 'status',
      providerMessageId,
      status: twilioStatus(word),
      rawStatus: word,
      errorCode,
      errorClass: errorCode === null ? null : twilioErrorClass(errorCode),
      description: null,
      reference: null,
    },
  ]);
}

/**
 * Media of Conversations answers with a description, in which a link to the file stands that works for some minutes.
 * Source: https://www.twilio.com/docs/conversations/api/media-resource
 */
export function conversationMediaLink(url: URL, body: Uint8Array): string | null {
  if (!url.hostname.startsWith('mcs.')) return null;
  const parsed = described.safeParse(parseJson(Buffer.from(body).toString('utf8')));
  const link = parsed.success ? parsed.data.links.content_direct_temporary : null;
  return link !== null && URL.canParse(link, url.href) ? new URL(link, url).href : null;
}
