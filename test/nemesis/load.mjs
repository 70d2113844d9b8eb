// @ts-check
// What people and customers do meanwhile, and what they were told: the histories that the checkers look at.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { between, oneOf, randomFrom } from './random.mjs';

const NUMBERS = ['+12125550101', '+12125550102'];
/** Of an SMSC's first replies to a customer: so many are taken without an answer. */
const HUNG_UP = 0.1;
const INBOXES = ['department-support', 'ring_group-sales'];
export const PEOPLE = ['ada', 'ben', 'cleo', 'dev'];
const COLLEAGUES = ['ada', 'ben', 'cleo'];

/** @typedef {{ id: string, from: string, to: string }} Accepted a text that was answered 2xx, or ESME_ROK */
/** @typedef {{ by: string, conversationId: string, command: string, status: number, body: any, sent: any }} Told */

/** One person with the REST API, who tries again where nobody answered, as the web app does. */
export class Person {
  #url;
  #token = '';
  /** @type {Told[]} */
  told = [];

  /**
   * @param {string} url
   * @param {string} id
   */
  constructor(url, id) {
    this.#url = url;
    this.id = id;
  }

  /** Whoever reads all threads of a long run is told to wait, and waits. @param {string} path */
  async get(path) {
    for (;;) {
      const { status, body, retryAfter } = await this.#ask('GET', path);
      if (status === 200) return body;
      if (status !== 429) throw new Error(`GET ${path}: ${status}`);
      await pause(retryAfter * 1_000);
    }
  }

  /**
   * What has to be done before anything fails.
   * @param {string} path
   * @param {object} body
   */
  async post(path, body) {
    const { status, body: said } = await this.#ask('POST', path, body);
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(said)}`);
  }

  /**
   * With one key for all of its tries.
   * @param {string} conversationId
   * @param {string} command
   * @param {object} sent
   */
  async command(conversationId, command, sent) {
    const key = randomUUID();
    for (let tries = 1; ; tries += 1) {
      const path = `/conversations/${conversationId}/${command}`;
      const { status, body } = await this.#ask('POST', path, sent, key).catch(() => ({
        status: 0,
        body: null,
        retryAfter: 1,
      }));
      if ((status === 0 || status >= 500) && tries < 4) {
        await pause(500 * tries);
        continue;
      }
      this.told.push({ by: this.id, conversationId, command, status, body, sent });
      return;
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [key]
   * @returns {Promise<{ status: number, body: any, retryAfter: number }>} `retryAfter` in seconds
   */
  async #ask(method, path, body, key) {
    if (this.#token === '') await this.#signIn();
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(12_000),
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.status === 401) {
      this.#token = '';
      return { status: 0, body: null, retryAfter: 1 };
    }
    const retryAfter = Number(response.headers.get('retry-after') ?? 1);
    return { status: response.status, body: text ? JSON.parse(text) : null, retryAfter };
  }

  async #signIn() {
    const response = await fetch(`${this.#url}/api/v1/auth/login`, {
      method: 'POST',
      signal: AbortSignal.timeout(12_000),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${this.id}@example.com`, password: 'partyline' }),
    });
    if (!response.ok) throw new Error(`${this.id} could not sign in: ${response.status}`);
    this.#token = /** @type {{ accessToken: string }} */ (await response.json()).accessToken;
  }
}

/**
 * A customer who texts until `over`, by either carrier. One that calls webhooks sometimes posts what was taken once more.
 * @param {{ carrier: import('./carrier.mjs').Carrier, smsc: import('./smsc.mjs').Smsc }} carriers
 * @param {number} seed
 * @param {number} which
 * @param {AbortSignal} over
 * @param {(accepted: Accepted) => void} accepted
 */
export async function customer({ carrier, smsc }, seed, which, over, accepted) {
  const random = randomFrom(seed + which);
  for (let i = 0; !over.aborted; i += 1) {
    // Every now and then somebody who never wrote before: first texts are what opens conversations.
    const from = `+1310555${String((which * 100 + Math.floor(i / 6)) % 10_000).padStart(4, '0')}`;
    const to = oneOf(random, [...NUMBERS, smsc.number]);
    const id = `text-${seed}-${which}-${i}`;
    if (to === smsc.number) {
      if (random() < HUNG_UP) await smsc.hangUpOn(from);
      if (await smsc.text(from, to, id, id)) accepted({ id, from, to });
    } else {
      if ((await carrier.text(from, to, id, id)) > 0) accepted({ id, from, to });
      if (random() < 0.1) await carrier.text(from, to, id, id);
    }
    await pause(between(random, 100, 1_200), undefined, { signal: over }).catch(() => {});
  }
}

/**
 * Somebody at work until `over`.
 * @param {Person} person
 * @param {number} seed
 * @param {AbortSignal} over
 */
export async function work(person, seed, over) {
  const random = randomFrom(seed + 1_000 + PEOPLE.indexOf(person.id));
  for (let i = 0; !over.aborted; i += 1) {
    try {
      await act(person, random, `${person.id}-${seed}-${i}`);
    } catch {
      // Nobody answered: look again later, as people do.
      await pause(500, undefined, { signal: over }).catch(() => {});
    }
    await pause(between(random, 50, 400), undefined, { signal: over }).catch(() => {});
  }
}

/**
 * @param {Person} person
 * @param {import('./random.mjs').Random} random
 * @param {string} what unique
 */
async function act(person, random, what) {
  // Dev is in Support alone.
  const inbox = person.id === 'dev' ? 'department-support' : oneOf(random, INBOXES);
  const status = random() < 0.85 ? 'open' : 'done';
  const { items } = await person.get(`/inboxes/${inbox}/conversations?status=${status}&limit=20`);
  if (items.length === 0) return;
  const { id, owner, epoch: expectedEpoch, seq: seenSeq } = oneOf(random, items);
  const dice = random();
  const colleague = oneOf(random, COLLEAGUES);
  const reply = { clientMessageId: what, text: `reply ${what}` };
  if (status === 'done') return person.command(id, 'reopen', { expectedEpoch });
  if (!owner) {
    return dice < 0.6
      ? person.command(id, 'assign', {})
      : person.command(id, 'reply', { ...reply, claim: true });
  }
  if (owner.id !== person.id && person.id !== 'ada') return person.command(id, 'assign', {});
  if (owner.id !== person.id) return person.command(id, 'assign', { userId: colleague, expectedEpoch });
  if (dice < 0.5) return person.command(id, 'reply', { ...reply, expectedEpoch });
  if (dice < 0.65) return person.command(id, 'transfer', { userId: colleague, expectedEpoch });
  if (dice < 0.8) return person.command(id, 'return', { expectedEpoch });
  if (dice < 0.9) return person.command(id, 'done', { expectedEpoch, seenSeq });
  return person.command(id, 'note', { text: `note ${what}` });
}
