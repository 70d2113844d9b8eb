import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Carrier, OpenAccount, OutboundText, WebhookRequest } from '../carrier.js';
import { CARRIERS } from '../registry.js';

/** What each carrier's documentation says goes in and out; `fixtures/documented.json` beside its adapter. */
const words = z.record(z.string(), z.string());
const documented = z.object({
  sources: z.array(z.url()).min(1),
  account: z.object({ settings: words, secrets: words }),
  webhooks: z.array(
    z.object({
      name: z.string(),
      method: z.enum(['GET', 'POST', 'OPTIONS']).optional(),
      query: z.string().optional(),
      contentType: z.string().optional(),
      settings: words.optional(),
      headers: words.optional(),
      json: z.unknown().optional(),
      form: words.optional(),
      text: z.string().optional(),
      says: z.array(z.record(z.string(), z.unknown())).optional(),
      refused: z.string().optional(),
    }),
  ),
  sends: z.array(
    z.object({
      name: z.string(),
      text: z.string().optional(),
      to: z.string().optional(),
      media: z.array(z.string()).optional(),
      settings: words.optional(),
      request: z.record(z.string(), z.unknown()),
      headers: words.optional(),
      json: z.unknown().optional(),
      form: words.optional(),
    }),
  ),
  answers: z.array(
    z.object({
      name: z.string(),
      status: z.number(),
      headers: words.optional(),
      json: z.unknown().optional(),
      text: z.string().optional(),
      outcome: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type Documented = z.infer<typeof documented>;
export type DocumentedWebhook = Documented['webhooks'][number];

export const at = new Date('2026-11-23T18:00:00.000Z');
export const accountOf = (
  carrier: Carrier,
  given: Documented,
  settings: Record<string, string> = {},
): OpenAccount => ({
  id: 'acme',
  publicUrl: `https://texts.example.com/hooks/${carrier.id}/acme`,
  settings: { ...given.account.settings, ...settings },
  secrets: given.account.secrets,
});

export function requestOf(given: DocumentedWebhook): WebhookRequest {
  const form = given.form && new URLSearchParams(given.form).toString();
  const body = given.json === undefined ? (form ?? given.text ?? '') : JSON.stringify(given.json);
  const type =
    given.json === undefined && form !== undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    method: given.method ?? 'POST',
    query: given.query ?? '',
    headers: { 'content-type': given.contentType ?? type, ...given.headers },
    body: Buffer.from(body),
    receivedAt: at,
  };
}

export const sample: OutboundText = {
  messageId: 'ms_1',
  from: '+12125550101',
  to: '+14155550123',
  text: 'Hi & bye',
  media: [],
  at,
};

/** Each carrier that has a file of what is documented, with it. */
export const documentedCarriers = CARRIERS.flatMap((carrier) => {
  const file = new URL(`../${carrier.id}/fixtures/documented.json`, import.meta.url);
  return existsSync(file)
    ? [[carrier, documented.parse(JSON.parse(readFileSync(file, 'utf8')))] as const]
    : [];
});
