import type { WebhookRequest } from '../carrier.js';
import { bodyText, contentType, formFields, parseJson } from '../payload.js';

/** The JSON of a POST, also where its content type is missing; undefined for forms, queries and nonsense. */
export function vonageJson(request: WebhookRequest): unknown {
  if (request.method !== 'POST') return undefined;
  const text = bodyText(request);
  const json = contentType(request).includes('json') || text.trimStart().startsWith('{');
  return json ? parseJson(text) : undefined;
}

/** The fields of a query, a form or a flat JSON object; of a field that repeats, the last. */
export function vonageFields(request: WebhookRequest): ReadonlyMap<string, string> {
  const json = vonageJson(request);
  if (typeof json === 'object' && json !== null) {
    const flat = Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)] as const]
        : [],
    );
    return new Map(flat);
  }
  return request.method === 'POST' && contentType(request).includes('json')
    ? new Map()
    : new Map(formFields(request));
}
