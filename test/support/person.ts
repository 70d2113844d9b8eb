import { randomUUID } from 'node:crypto';
import type { ConversationView, InboxSummary, Problem, TimelineItem } from '@partyline/contracts';

interface Answer<T> {
  status: number;
  body: T;
}

interface SignedIn {
  readonly accessToken: string;
  readonly me: { readonly id: string };
}

/** Often enough that one that fails, because the gateway is down, can be made up for before a token is too old. */
const RENEW_MS = 60_000;

/** Somebody who is signed in, by the REST API alone, for as long as the test runs. */
export class Person {
  private constructor(
    private readonly url: string,
    public token: string,
    readonly id: string,
  ) {}

  static async signIn(url: string, email: string, password = 'partyline'): Promise<Person> {
    const { accessToken, me } = await signIn(url, email, password);
    const person = new Person(url, accessToken, me.id);
    setInterval(() => {
      signIn(url, email, password).then(
        (again) => {
          person.token = again.accessToken;
        },
        () => undefined,
      );
    }, RENEW_MS).unref();
    return person;
  }

  async request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  }

  /** Hands in a file for a reply; undefined where that did not work. */
  async attach(conversationId: string, type: string, bytes: Buffer): Promise<string | undefined> {
    const response = await fetch(`${this.url}/api/v1/conversations/${conversationId}/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': type },
      body: new Uint8Array(bytes),
    });
    return response.status === 201 ? ((await response.json()) as { id: string }).id : undefined;
  }

  async inboxes(): Promise<InboxSummary[]> {
    return (await this.request<InboxSummary[]>('GET', '/inboxes')).body;
  }

  async section(inboxId: string, owner: string, status = 'open', limit = 200): Promise<ConversationView[]> {
    const path = `/inboxes/${inboxId}/conversations?status=${status}&owner=${owner}&limit=${limit}`;
    return (await this.request<{ items: ConversationView[] }>('GET', path)).body.items;
  }

  async conversation(id: string): Promise<ConversationView> {
    return (await this.request<ConversationView>('GET', `/conversations/${id}`)).body;
  }

  async timeline(id: string): Promise<TimelineItem[]> {
    const items: TimelineItem[] = [];
    for (let before: number | null = null; ;) {
      const page: { items: TimelineItem[]; nextBefore: number | null } = (
        await this.request<{ items: TimelineItem[]; nextBefore: number | null }>(
          'GET',
          `/conversations/${id}/timeline?limit=200${before === null ? '' : `&before=${before}`}`,
        )
      ).body;
      items.unshift(...page.items);
      before = page.nextBefore;
      if (before === null) return items;
    }
  }

  /** A command on a conversation, with a new Idempotency-Key unless one is given. */
  command(
    id: string,
    name: string,
    body: Record<string, unknown> = {},
    key: string = randomUUID(),
  ): Promise<Answer<{ conversation: ConversationView; seq: number } & Problem>> {
    return this.request('POST', `/conversations/${id}/${name}`, body, { 'idempotency-key': key });
  }
}

async function signIn(url: string, email: string, password: string): Promise<SignedIn> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  return (await response.json()) as SignedIn;
}
