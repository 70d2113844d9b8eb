import { LiveClient } from './live-client.js';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly attributes: string;
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** A browser's half of HTTP: keeps cookies by path, and sends the access token as the client would. */
export class Client {
  readonly cookies = new Map<string, Cookie>();
  accessToken: string | undefined;

  constructor(readonly url: string) {}

  async signIn(email: string, password: string): Promise<Answer> {
    const answer = await this.post('/auth/login', { email, password });
    if (answer.status === 200) this.accessToken = String(answer.body.accessToken);
    return answer;
  }

  async refresh(): Promise<Answer> {
    const answer = await this.post('/auth/refresh');
    if (answer.status === 200) this.accessToken = String(answer.body.accessToken);
    return answer;
  }

  get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send('GET', path, undefined, headers);
  }

  post<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.send('POST', path, body, headers);
  }

  async send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const address = path.startsWith('/auth') || !path.startsWith('//') ? `/api/v1${path}` : path.slice(1);
    const response = await fetch(`${this.url}${address}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.credentials(address),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
    });
    this.keepCookies(response);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  live(lastEventId?: string): LiveClient {
    const query = lastEventId === undefined ? '' : `?lastEventId=${encodeURIComponent(lastEventId)}`;
    return new LiveClient(`${this.url}/api/v1/events${query}`, {
      cookie: this.cookieHeader('/api/v1/events'),
    });
  }

  cookieHeader(path: string): string {
    return [...this.cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, cookie]) => `${name}=${cookie.value}`)
      .join('; ');
  }

  private credentials(path: string): Record<string, string> {
    const cookie = this.cookieHeader(path);
    return {
      ...(cookie === '' ? {} : { cookie }),
      ...(this.accessToken === undefined ? {} : { authorization: `Bearer ${this.accessToken}` }),
    };
  }

  private keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=');
      const path = attributes.find((attribute) => attribute.startsWith('Path='))?.slice(5) ?? '/';
      if (value === '') this.cookies.delete(name);
      else
        this.cookies.set(name, { value: decodeURIComponent(value), path, attributes: attributes.join('; ') });
    }
  }
}
