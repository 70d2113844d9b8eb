import type { CarrierEvent, WebhookRequest } from '../carrier.js';
import { readMapping } from './generic.mapping.js';
import { parseByMapping } from './generic.webhook.js';

/** A webhook as somebody pastes it: what is left out is guessed from the rest. */
export interface Sample {
  readonly body: string;
  readonly method?: 'GET' | 'POST';
  readonly query?: string;
  readonly contentType?: string;
  /** The settings of the account, like `number`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly at: Date;
}

export type TryOut =
  | { readonly ok: true; readonly events: readonly CarrierEvent[] }
  /** `about` says whether the mapping itself or its fit to the sample is at fault. */
  | { readonly ok: false; readonly about: 'mapping' | 'sample'; readonly error: string };

/** What a mapping makes of a sample. Signatures are not checked; nothing is kept. */
export function tryMapping(mappingJson: string, sample: Sample): TryOut {
  const mapping = readMapping(mappingJson);
  if (!mapping.ok) return { ok: false, about: 'mapping', error: mapping.error };
  const request: WebhookRequest = {
    method: sample.method ?? (sample.body === '' ? 'GET' : 'POST'),
    query: (sample.query ?? '').replace(/^\?/, ''),
    headers: { 'content-type': sample.contentType ?? guessedType(sample.body) },
    body: Buffer.from(sample.body),
    receivedAt: sample.at,
  };
  const account = {
    id: 'sample',
    publicUrl: 'https://example.com/',
    settings: sample.settings ?? {},
    secrets: {},
  };
  const parsed = parseByMapping(mapping.value, request, account);
  return parsed.ok ? { ok: true, events: parsed.value } : { ok: false, about: 'sample', error: parsed.error };
}

function guessedType(body: string): string {
  const start = body.trimStart();
  if (/^[[{]/.test(start)) return 'application/json';
  if (start.startsWith('<')) return 'application/xml';
  const boundary = /^--([^\r\n]{1,70})\r?\ncontent-disposition:/i.exec(start)?.[1];
  return boundary === undefined
    ? 'application/x-www-form-urlencoded'
    : `multipart/form-data; boundary="${boundary}"`;
}
