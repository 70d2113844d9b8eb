import { eventually } from './eventually.js';
import type { Person } from './person.js';

const PATIENCE_MS = 60_000;

/** A browser at the sign-in screen, with its cookies. */
export class Visitor {
  private refreshCookie = '';

  constructor(private readonly url: string) {}

  /** Tries until it is in. */
  async signIn(email: string, password = 'partyline'): Promise<void> {
    await eventually(
      `${email} to be signed in`,
      async () => {
        const answer = await this.post('login', { email, password });
        this.keep(answer);
        return answer.ok;
      },
      PATIENCE_MS,
    );
  }

  /** Whether these are the right ones, as soon as there is an answer. */
  async isLetIn(email: string, password: string): Promise<boolean> {
    const status = await eventually(
      `an answer to ${email}`,
      async () => {
        const answer = await this.post('login', { email, password });
        return answer.status < 500 && answer.status !== 429 && answer.status;
      },
      PATIENCE_MS,
    );
    return status === 200;
  }

  /** With the same token until there is an answer; gives its status. */
  async refresh(): Promise<number> {
    return eventually(
      'an answer to the refresh',
      async () => {
        const answer = await this.post('refresh', {});
        if (answer.ok) this.keep(answer);
        return answer.status < 500 && answer.status !== 429 && answer.status;
      },
      PATIENCE_MS,
    );
  }

  /** Asked once, whether or not there is an answer. */
  async signOutOnce(): Promise<void> {
    await this.post('logout', {}).catch(() => undefined);
  }

  /** Whether a picture can be loaded. */
  async fetches(person: Person, path: string): Promise<boolean> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${person.token}` },
    });
    return answer.ok && (await answer.arrayBuffer()).byteLength > 0;
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: this.url,
        ...(this.refreshCookie === '' ? {} : { cookie: this.refreshCookie }),
      },
      body: JSON.stringify(body),
    });
  }

  private keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      if (cookie.startsWith('partyline_refresh=')) this.refreshCookie = cookie.split(';')[0] ?? '';
    }
  }
}
