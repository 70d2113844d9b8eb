// @ts-check
// What the floor's processes share: connections, and one write at a time with everything that waited meanwhile.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';

export const encode = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value));

export async function open() {
  const { host, username, password } = new URL(process.env.FLOOR_NATS_URL ?? '');
  const nats = await connect({ servers: host, user: username, pass: password });
  const mongo = await MongoClient.connect(process.env.FLOOR_MONGODB_URL ?? '', {
    writeConcern: { w: 'majority', journal: true },
  });
  return {
    nats,
    js: jetstream(nats),
    manager: await jetstreamManager(nats),
    db: mongo.db('partyline_floor'),
  };
}

/** @param {import('@nats-io/jetstream').JetStreamManager} manager @param {string} name */
export async function ensureStream(manager, name) {
  await manager.streams
    .add({ name, subjects: [`${name}.>`], storage: 'file', discard: 'new' })
    .catch(() => undefined);
}

/**
 * Batches of what a durable consumer has, each acknowledged after `handle` resolved.
 * @param {Awaited<ReturnType<typeof open>>} connections
 * @param {string} stream
 * @param {(batch: any[]) => Promise<void>} handle
 */
export async function consume({ js, manager }, stream, handle) {
  await ensureStream(manager, stream);
  const durable = `${stream}-reader`;
  await manager.consumers.add(stream, { durable_name: durable, ack_policy: 'explicit' });
  const consumer = await js.consumers.get(stream, durable);
  /** @type {import('@nats-io/jetstream').JsMsg[]} */
  let waiting = [];
  let busy = false;
  const work = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 64);
      await handle(batch.map((message) => message.json()));
      for (const message of batch) message.ack();
    }
    busy = false;
  };
  for await (const message of await consumer.consume({ max_messages: 256 })) {
    waiting.push(message);
    void work();
  }
}

/** One insertMany at a time; `add` resolves when the document's own batch is journaled by the majority. */
export class GroupCommit {
  /** @type {{ document: any, resolve: (duplicate: boolean) => void, reject: (error: unknown) => void }[]} */
  #waiting = [];
  #busy = false;

  /** @param {import('mongodb').Collection<any>} collection */
  constructor(collection) {
    this.collection = collection;
  }

  /** @param {any} document @returns {Promise<boolean>} whether it stood there already */
  add(document) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ document, resolve, reject });
      void this.#write();
    });
  }

  async #write() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 500);
      /** @type {Set<number>} */
      const duplicates = new Set();
      try {
        await this.collection.insertMany(
          batch.map(({ document }) => document),
          { ordered: false },
        );
      } catch (/** @type {any} */ error) {
        for (const { index, code } of error.writeErrors ?? []) if (code === 11000) duplicates.add(index);
        if (error.code !== 11000) {
          for (const { reject } of batch) reject(error);
          continue;
        }
      }
      batch.forEach(({ resolve }, index) => resolve(duplicates.has(index)));
    }
    this.#busy = false;
  }
}

/** @param {import('node:http').Server} server */
export function listen(server) {
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') process.send?.({ port: address.port });
  });
}
