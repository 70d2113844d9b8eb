import type { HttpResponse, OutboundText } from './carrier.js';
import {
  accepted,
  rejected,
  throttled,
  unknownOutcome,
  type ErrorClass,
  type SendOutcome,
} from './outcome.js';
import { parseJson } from './payload.js';
import { retryAfterMs } from './retry-after.js';
import { isProviderId } from './text.js';

export interface Taken {
  readonly id: string;
  readonly segments: number | null;
}

export interface Refused {
  readonly code: string | null;
  readonly errorClass: ErrorClass;
  readonly text: string | null;
}

/** How one carrier says what it did with a text; null: it does not say that. */
export interface SendAnswer {
  readonly name: string;
  taken(json: unknown): Taken | null;
  refused(json: unknown): Refused | null;
  /** Where it answers with 2xx that it does not know itself what became of the text: what it says. */
  uncertain?(json: unknown): string | null;
}

/**
 * What became of a text, from an answer in JSON. A refusal may come with any status below 500; a 408 or a 5xx may come
 * after the text was taken, and is never a reason to send it again.
 */
export function readSendAnswer(response: HttpResponse, answer: SendAnswer): SendOutcome {
  const { status } = response;
  const json = parseJson(response.body);
  if (status >= 500 || status === 408 || status < 200) {
    const said = answer.refused(json)?.text ?? `HTTP ${status}`;
    return unknownOutcome(`${answer.name} answered ${status}: ${said}`);
  }
  if (status < 300) {
    const taken = answer.taken(json);
    if (taken && isProviderId(taken.id)) return accepted(taken.id, taken.segments);
    const uncertain = answer.uncertain?.(json) ?? null;
    if (uncertain !== null) return unknownOutcome(`${answer.name} answered ${status}: ${uncertain}`);
  }
  const refused = answer.refused(json);
  const said = refused?.text ?? `HTTP ${status}`;
  if (status === 429 || (refused?.errorClass === 'throttled' && refused.code !== null)) {
    return throttled(
      retryAfterMs(response.headers['retry-after']),
      `${answer.name} asks to slow down: ${said}`,
    );
  }
  if (status < 400) {
    return refused
      ? rejected(refused.code, refused.errorClass, said)
      : unknownOutcome(`${answer.name} answered ${status} without a message id`);
  }
  const known = refused !== null && refused.errorClass !== 'unknown' ? refused.errorClass : null;
  return rejected(refused?.code ?? null, known ?? classOfStatus(status), said);
}

function classOfStatus(status: number): ErrorClass {
  if (status === 401 || status === 403) return 'credentials';
  return status === 402 ? 'price' : 'unknown';
}

/** For carriers that send text alone: links to the media follow it, one a line. */
export function textWithLinks(message: Pick<OutboundText, 'text' | 'media'>): string {
  return [...(message.text === '' ? [] : [message.text]), ...message.media].join('\n');
}

/** An API's base URL without a slash at its end. */
export function apiBase(setting: string | undefined, standard: string): string {
  return (setting || standard).replace(/\/+$/, '');
}
