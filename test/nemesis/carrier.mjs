// @ts-check
// A carrier of the run's own: takes replies and counts every request, tells receipts as carriers do, and posts texts until
// they are taken.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const SECRET = 'demo-simulator-secret';

/** @typedef {{ reference: string, from: string, to: string, text: string, statusCallback: string }} Sent */

export class Carrier {
  /** Every request that came in, by the reference of the reply. @type {Map<string, Sent[]>} */
  received = new Map();
  /** @type {Set<Promise<unknown>>} */
  #posting = new Set();
  #hooksUrl;
  #random;
  #server = createServer((request, response) => void this.#answer(request, response));
  #closing = new AbortController();

  /**
   * @param {string} hooksUrl where the product takes webhooks
   * @param {import('./random.mjs').Random} random
   */
  constructor(hooksUrl, random) {
    this.#hooksUrl = hooksUrl;
    this.#random = random;
  }

  /** @param {number} port */
  async listen(port) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /**
   * A customer's text, posted again and again until it is answered 2xx.
   * @param {string} from
   * @param {string} to
   * @param {string} text
   * @param {string} id
   * @returns {Promise<number>} how often it was posted; 0 when the run ended before it was taken
   */
  text(from, to, text, id) {
    return this.#postUntilTaken(id, '', {
      type: 'message.received',
      data: { id, from, to, text, media: [] },
    });
  }

  /** @returns {Promise<unknown>} when every receipt was taken, or `close` was called */
  async quiet() {
    while (this.#posting.size > 0) await Promise.all(this.#posting);
  }

  close() {
    this.#closing.abort();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /**
   * @param {string} id
   * @param {string} query
   * @param {object} content
   */
  async #postUntilTaken(id, query, content) {
    const body = JSON.stringify(content);
    for (let times = 1; !this.#closing.signal.aborted; times += 1) {
      if (await this.#post(id, query, body)) return times;
      await pause(Math.min(5_000, 250 * 2 ** Math.min(times, 5)));
    }
    return 0;
  }

  /**
   * @param {string} id
   * @param {string} query
   * @param {string} body
   */
  async #post(id, query, body) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64');
    try {
      const answer = await fetch(`${this.#hooksUrl}/hooks/simulator/demo-simulator${query}`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(15_000),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #answer(request, response) {
    /** @type {Sent} */
    let sent;
    try {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      sent = JSON.parse(Buffer.concat(chunks).toString());
    } catch {
      // Whoever did not finish a request has sent nothing.
      response.destroy();
      return;
    }
    const before = this.received.get(sent.reference) ?? [];
    this.received.set(sent.reference, [...before, sent]);
    const id = `sm_${createHash('sha256').update(sent.reference).digest('hex').slice(0, 24)}`;
    // Now and then the answer gets lost: then the product cannot know, and must not send again.
    const isLost = this.#random() < 0.05;
    const receipts = this.#tell(id, new URL(sent.statusCallback).search).finally(() =>
      this.#posting.delete(receipts),
    );
    this.#posting.add(receipts);
    if (isLost) {
      response.destroy();
      return;
    }
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id }));
  }

  /**
   * @param {string} id
   * @param {string} query says which reply it is about, where the product never heard its id
   */
  async #tell(id, query) {
    for (const status of ['sent', 'delivered']) {
      const data = { id, status, errorCode: null, errorClass: null, description: null };
      await this.#postUntilTaken(`${id}_${status}`, query, { type: 'message.status', data });
    }
  }
}
