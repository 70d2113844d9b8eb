import type { Problem } from '@partyline/contracts';
import { Refused, Unreachable } from './problem.js';

export interface ClientOptions {
  /** Where the API is, such as `https://texts.example.com/api/v1`; in a browser `/api/v1` will do. */
  readonly url: string;
  /** An API key or an access token, asked for before each request; none or '': the request goes without. */
  readonly token?: () => string | Promise<string>;
  /** Called when a token is not accepted (any more): true where the request is worth one more attempt. */
  readonly renew?: () => Promise<boolean>;
  /** `fetch` of the platform where absent. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  readonly body?: unknown;
  /** In place of `body`: a file as it is. */
  readonly file?: Blob;
  /** The Idempotency-Key: the same one gets the same answer and changes nothing more. */
  readonly key?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** It is sent even where the page goes away meanwhile. */
  readonly keepalive?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** For the next page; null: this was the last. */
  readonly nextCursor: string | null;
}

/** One request. Rejects with Refused and the server's reason, or with Unreachable. */
export type Call = <T>(method: Method, path: string, options?: RequestOptions) => Promise<T>;

export function caller({ url, token, renew, fetch: fetchIt = fetch }: ClientOptions): Call {
  const once = async <T>(method: Method, path: string, options: RequestOptions): Promise<T> => {
    const init = requestOf(method, options, (await token?.()) ?? '');
    let response: Response;
    let text: string;
    try {
      response = await fetchIt(`${url}${path}`, init);
      text = await response.text();
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Unreachable();
    }
    const answer = parse(text);
    if (response.ok) return answer as T;
    throw new Refused(isProblem(answer) ? answer : unnamed(response.status));
  };
  return async <T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> => {
    try {
      return await once<T>(method, path, options);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.status !== 401 || !(await renew?.())) throw error;
      return once<T>(method, path, options);
    }
  };
}

function requestOf(
  method: Method,
  { body, file, key, signal, keepalive }: RequestOptions,
  token: string,
): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (file) headers['content-type'] = file.type || 'application/octet-stream';
  if (token !== '') headers['authorization'] = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file ? { body: file } : {}),
    ...(signal ? { signal } : {}),
    ...(keepalive ? { keepalive } : {}),
  };
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
