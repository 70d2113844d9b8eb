// @ts-check
import { Problem } from '../problem.mjs';

/** Set anew or by the server: a letter's first journey must not decide about its second. */
const NOT_REPEATED = /^Nats-/i;

/** Publishes dead letters on the subject that they came from, and waits until the stream has them. */
export class Republisher {
  #connection;
  #jetstream;
  #newHeaders;

  /**
   * @param {import('@nats-io/transport-node').NatsConnection} connection
   * @param {import('@nats-io/jetstream').JetStreamClient} jetstream
   * @param {typeof import('@nats-io/transport-node').headers} newHeaders
   */
  constructor(connection, jetstream, newHeaders) {
    this.#connection = connection;
    this.#jetstream = jetstream;
    this.#newHeaders = newHeaders;
  }

  /** @param {string} url with the credentials of `admin` */
  static async connect(url) {
    const { connect, headers } = await import('@nats-io/transport-node');
    const { jetstream } = await import('@nats-io/jetstream');
    const { host, username, password, protocol } = new URL(url.split(',')[0] ?? '');
    try {
      const connection = await connect({
        servers: host,
        name: 'partyline dead',
        ...(username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {}),
        ...(protocol === 'tls:' ? { tls: {} } : {}),
      });
      return new Republisher(connection, jetstream(connection), headers);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Problem(
        `NATS at ${host} does not let us in: ${reason}. Set NATS_URL, and NATS_ADMIN_PASSWORD to its admin's password.`,
      );
    }
  }

  /** @param {import('./dead.mjs').DeadLetter} letter */
  async publish(letter) {
    const headers = this.#newHeaders();
    for (const [name, value] of Object.entries(letter.headers ?? {})) {
      if (NOT_REPEATED.test(name)) continue;
      for (const one of [value].flat()) headers.append(name, one);
    }
    // A new message id, or the stream would take it for the repeat of one that it has; but the same for the same
    // letter, should this command be run twice at once.
    const msgID = `replay-${letter._id}-${letter.count}-${letter.lastAt.getTime()}`;
    await this.#jetstream.publish(letter.subject, letter.payload, {
      msgID,
      headers,
      expect: { streamName: letter.stream },
    });
  }

  async close() {
    await this.#connection.drain();
  }
}
