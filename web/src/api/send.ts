import type { Problem } from '@partyline/contracts';
import { Refused, Unreachable } from './problem.js';

export const API = '/api/v1';

export interface SendOptions {
  readonly body?: unknown;
  readonly token?: string;
  /** The commandId: the same one gets the same answer and changes nothing more. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** It is sent even where the page goes away meanwhile. */
  readonly keepalive?: boolean;
}

/** One request to the API. Throws Refused with the server's reason, or Unreachable. */
export async function send<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  { body, token, key, signal, keepalive }: SendOptions,
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token) headers['authorization'] = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  if (keepalive) init.keepalive = true;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${API}${path}`, init);
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  const answer = parse(text);
  if (response.ok) return answer as T;
  throw new Refused(isProblem(answer) ? answer : unnamed(response.status));
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'status' in answer;
}

/** An answer of something between us and the gateway, such as a proxy's 502. */
function unnamed(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'Unexpected answer',
    status,
    code: status >= 500 ? 'UNAVAILABLE' : 'INTERNAL',
    detail: `The server answered with status ${status}. Try again in a moment.`,
  };
}
