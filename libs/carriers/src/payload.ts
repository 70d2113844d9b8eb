import { fail, ok, type Result } from '@partyline/kernel';
import type { WebhookRequest } from './carrier.js';

/** The body as UTF-8; bytes that are not UTF-8 become U+FFFD. */
export function bodyText(request: WebhookRequest): string {
  const { buffer, byteOffset, length } = request.body;
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}

/** In lower case, with its parameters; '' where there is none. */
export function contentType(request: WebhookRequest): string {
  return (request.headers['content-type'] ?? '').toLowerCase();
}

/** undefined: it is no JSON. A byte order mark before it is left out. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

export function jsonBody(request: WebhookRequest): Result<unknown, string> {
  const json = parseJson(bodyText(request));
  return json === undefined ? fail('the body is not JSON') : ok(json);
}

/** The fields of a form, or of the query string of a GET. Never throws: a broken escape stays as it is. */
export function formFields(request: WebhookRequest): URLSearchParams {
  return new URLSearchParams(request.method === 'POST' ? bodyText(request) : request.query);
}

/** The exact URL that the carrier called, as far as we know it. */
export function calledUrl(publicUrl: string, query: string): string {
  const base = publicUrl.replace(/[?#].*$/s, '');
  return query === '' ? base : `${base}?${query}`;
}
