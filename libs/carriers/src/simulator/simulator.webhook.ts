import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { normalizeAddress } from '../address.js';
import type { CarrierEvent, OpenAccount, WebhookRequest } from '../carrier.js';
import { ERROR_CLASSES } from '../outcome.js';
import { referenceOf } from '../status-callback.js';
import { cleanText } from '../text.js';
import { verifyStandardWebhook } from './standard-webhooks.js';

const providerId = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters');
const address = z.string().transform((raw, context) => {
  const normalized = normalizeAddress(raw);
  if (normalized !== null) return normalized;
  context.addIssue({ code: 'custom', message: 'is not an address' });
  return z.NEVER;
});

/** A text that the simulated customer sent. */
export const simulatorMessageSchema = z.object({
  type: z.literal('message.received'),
  data: z.object({
    id: providerId,
    from: address,
    to: address,
    group: z.array(address).max(20).default([]),
    text: z.string().max(20_000).default(''),
    media: z
      .array(z.object({ url: z.string().min(1).max(2048), contentType: z.string().max(200).nullish() }))
      .max(10)
      .default([]),
  }),
});

/** What became of a text that was sent through the simulator. */
export const simulatorStatusSchema = z.object({
  type: z.literal('message.status'),
  data: z.object({
    id: providerId,
    status: z.string().min(1).max(64),
    errorCode: z.string().max(64).nullish(),
    errorClass: z.enum(ERROR_CLASSES).nullish().catch(null),
    description: z.string().max(1000).nullish(),
  }),
});

const event = z.discriminatedUnion('type', [simulatorMessageSchema, simulatorStatusSchema]);
/** One event, or up to 100 in an array. */
const webhook = z.union([event.transform((one) => [one]), z.array(event).min(1).max(100)]);

/** What the simulator posts to ingest. */
export type SimulatorWebhook = z.input<typeof webhook>;

const WORDS = new Set(['queued', 'sent', 'delivered', 'undelivered', 'failed'] as const);
type Word = typeof WORDS extends ReadonlySet<infer W> ? W : never;
const isWord = (word: string): word is Word => (WORDS as ReadonlySet<string>).has(word);

export const simulatorSecrets = (account: OpenAccount): string[] =>
  [account.secrets['signingSecret'], account.secrets['previousSigningSecret']].filter(
    (secret) => secret !== undefined,
  );

export function verifySimulatorWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  if (request.method !== 'POST') return fail('the simulator posts its webhooks');
  return verifyStandardWebhook({
    headers: request.headers,
    body: request.body,
    secrets: simulatorSecrets(account),
    now: request.receivedAt,
  });
}

export function parseSimulatorWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(request.body).toString('utf8'));
  } catch {
    return fail('the body is not JSON');
  }
  const parsed = (Array.isArray(json) ? webhook.options[1] : webhook.options[0]).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(`${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is not a known event'}`);
  }
  return ok(parsed.data.map((one) => toEvent(one, referenceOf(request.query))));
}

function toEvent(parsed: z.output<typeof event>, reference: string | null): CarrierEvent {
  if (parsed.type === 'message.received') {
    const { id, from, to, group, text, media } = parsed.data;
    return {
      kind: 'message',
      providerMessageId: id,
      from,
      to,
      group,
      text: cleanText(text),
      media: media.map(({ url, contentType }) => ({ url, contentType: contentType ?? null })),
      segments: null,
    };
  }
  const { id, status, errorCode, errorClass, description } = parsed.data;
  return {
    kind: 'status',
    providerMessageId: id,
    status: isWord(status) ? status : null,
    rawStatus: status,
    errorCode: errorCode ?? null,
    errorClass: errorClass ?? (errorCode ? 'unknown' : null),
    description: description ?? null,
    reference,
  };
}
