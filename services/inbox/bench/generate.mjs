// @ts-check
// Fills an empty database of the inbox service with conversations of ten messages: every entry is decided, folded and
// made a document by the service's own code, and written in bulk.
import { derivedId, SystemClock } from '@partyline/kernel';
import mongoose from 'mongoose';
import { entryDocument } from '../dist/adapters/mongo/entry-document.js';
import { InboxDatabase } from '../dist/adapters/mongo/inbox-database.js';
import { migrations, ONE_CONTACT_PER_NUMBER } from '../dist/adapters/mongo/indexes.js';
import { contactWrites } from '../dist/adapters/mongo/mongo-contacts.js';
import { MongoDirectoryStore } from '../dist/adapters/mongo/mongo-directory-store.js';
import { projectionWrites } from '../dist/adapters/mongo/projection-writes.js';
import { projectedOf } from '../dist/application/log/conversation-log.js';
import { NONE } from '../dist/domain/conversation.js';
import { decide } from '../dist/domain/decide/decide.js';
import {
  conversationOf,
  inboxDefinition,
  inboxOf,
  kindOf,
  numberOf,
  ownerOf,
  peerOf,
  PEOPLE,
  personOf,
  seedDirectory,
  TENANT,
} from './company.mjs';

/** @typedef {import('../dist/application/log/conversation-log.js').Projected} Projected */
/** @typedef {import('../dist/domain/commands.js').Command} Command */

const AT_ONCE = 500;
const IN_FLIGHT = 2;
const FAST = { ordered: false, writeConcern: { w: 1, journal: false } };
const BEGAN = Date.parse('2026-01-01T00:00:00.000Z');
const WORDS =
  'order parcel blue late thanks invoice call today open price color size return when where'.split(' ');

/** @type {ReadonlyMap<string, ReturnType<typeof personOf>>} */
const people = new Map(PEOPLE.map((id) => [id, personOf(id)]));
const word = (/** @type {number} */ n) => WORDS[n % WORDS.length] ?? '';

/** @param {number} i @returns {Command[]} ten messages, and what people did with them */
function story(i) {
  const inbox = inboxOf(i);
  const [conversationId, number, from] = [conversationOf(i), numberOf(inbox), peerOf(i)];
  const receive = (/** @type {number} */ n) =>
    /** @type {Command} */ ({
      type: 'receive',
      place: { conversationId, number, peers: [from], contactName: null },
      optOuts: [],
      languages: [],
      autoReply: null,
      message: {
        messageId: derivedId('ms', conversationId, String(n)),
        receiptId: derivedId('rc', conversationId, String(n)),
        carrier: 'simulator',
        accountId: 'bench',
        from,
        to: number,
        text: `${word(i + n)} ${word(i * 7 + n)} ${word(i * 3 + n)} ${i % 10_000}`,
        media: [],
        receivedAt: new Date(BEGAN + i * 20 + n).toISOString(),
        trace: [{ step: 'inbox', id: inbox, text: inbox }],
      },
    });
  const kind = kindOf(i);
  const texts = Array.from({ length: 10 }, (_, n) => n);
  if (kind === 'unassigned') return texts.map(receive);
  const by = ownerOf(i);
  /** @type {Command[]} */
  const handled = texts.flatMap((n) => {
    if (n % 3 !== 2) return [receive(n)];
    const messageId = derivedId('ms', conversationId, `out-${n}`);
    const draft = { messageId, clientMessageId: `c${n}`, text: `${word(n)} ${word(i)} for you`, media: [] };
    const delivered = { status: 'delivered', errorClass: null, rawCode: null, description: null };
    return /** @type {Command[]} */ ([
      { type: 'reply', by, draft, claim: true },
      { type: 'status', messageId, ...delivered },
    ]);
  });
  const done = /** @type {Command} */ ({ type: 'complete', by, expectedEpoch: 2, seenSeq: 99 });
  return kind === 'done' ? [...handled, done] : handled;
}

/** @param {number} i @returns {Projected[]} */
function entriesOf(i) {
  const inbox = inboxDefinition(inboxOf(i));
  const around = { inbox, people };
  /** @type {Projected[]} */
  const items = [];
  for (const command of story(i)) {
    const before = items.at(-1)?.state ?? NONE;
    const decision = decide(before, command, around);
    if (!decision.ok)
      throw new Error(`The story of conversation ${i} does not hold: ${decision.error.message}`);
    const seq = items.length + 1;
    const messageId =
      command.type === 'receive'
        ? command.message.messageId
        : command.type === 'reply'
          ? command.draft.messageId
          : undefined;
    /** @type {import('@partyline/contracts').Actor} */
    const actor =
      command.type === 'receive'
        ? { kind: 'contact', id: peerOf(i) }
        : 'by' in command
          ? { kind: 'user', id: command.by, name: personOf(command.by).name }
          : { kind: 'carrier', id: 'delivery' };
    const entry = {
      id: new mongoose.mongo.ObjectId().toHexString(),
      tenantId: TENANT,
      conversationId: conversationOf(i),
      inbox: { id: inbox.id, kind: inbox.kind },
      seq,
      at: new Date(BEGAN + i * 20 + seq).toISOString(),
      actor,
      origin: { correlationId: `bench-${i}` },
      events: decision.value,
      history: /** @type {const} */ (true),
      ...(messageId === undefined ? {} : { messageId }),
    };
    items.push(projectedOf(entry, before));
  }
  return items;
}

/**
 * @param {{ mongodbUrl: string, database: string, size: number, say: (line: string) => void }} options
 */
export async function generate({ mongodbUrl, database, size, say }) {
  const connection = await mongoose
    .createConnection(mongodbUrl, { dbName: database, autoIndex: false, autoCreate: false })
    .asPromise();
  try {
    const store = new InboxDatabase(connection);
    await seedDirectory(new MongoDirectoryStore(store, new SystemClock()));
    // Contacts are looked up by number while they are written; without it each is looked for in all others.
    await store.contacts.createIndex(ONE_CONTACT_PER_NUMBER, {
      unique: true,
      partialFilterExpression: { numbers: { $exists: true } },
    });
    const started = performance.now();
    let told = started;
    let entries = 0;
    /** @type {Set<Promise<void>>} */
    const writing = new Set();
    for (let first = 0; first < size; first += AT_ONCE) {
      const conversations = Array.from({ length: Math.min(AT_ONCE, size - first) }, (_, n) =>
        entriesOf(first + n),
      );
      const work = write(store, conversations).finally(() => writing.delete(work));
      writing.add(work);
      entries += conversations.flat().length;
      if (writing.size >= IN_FLIGHT) await Promise.race(writing);
      const now = performance.now();
      if (now - told > 10_000) {
        told = now;
        const done = first + AT_ONCE;
        const left = ((now - started) / done) * (size - done);
        say(
          `${done} of ${size} conversations (${entries} entries), about ${Math.ceil(left / 1000)} s left …`,
        );
      }
    }
    await Promise.all(writing);
    say(`${size} conversations (${entries} entries) in ${seconds(started)} s; now the indexes …`);
    const indexing = performance.now();
    // In bulk, an index is made faster from all documents than with each.
    for (const migration of migrations) {
      await migration.up(store.db);
      // As Migrations keeps it: the service that starts on this has nothing left to do.
      await store.db.collection('migrations').insertOne({ _id: migration.id, at: new Date() });
    }
    say(`The indexes took ${seconds(indexing)} s.`);
  } finally {
    await connection.close();
  }
}

const seconds = (/** @type {number} */ since) => ((performance.now() - since) / 1000).toFixed(1);

/** @param {InboxDatabase} store @param {Projected[][]} conversations */
async function write(store, conversations) {
  const items = conversations.flat();
  const last = conversations.flatMap((entries) => entries.at(-1) ?? []);
  const now = new Date();
  await Promise.all([
    store.timeline.insertMany(
      items.map((item) => entryDocument(item, now)),
      FAST,
    ),
    store.conversations.bulkWrite(projectionWrites(last), FAST),
    store.contacts.bulkWrite(contactWrites(last), FAST),
  ]);
}
