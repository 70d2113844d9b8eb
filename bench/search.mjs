// @ts-check
// `npm run bench -- search`: searches of a person, over HTTP, among many texts. What it means: README.md.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { mongo } from 'mongoose';
import { startProduct } from './product.mjs';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    messages: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '40' },
  },
});
const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
const PER_CONVERSATION = 10;
const PORTION = 5_000;
const INBOXES = ['department-support', 'ring_group-sales', 'welcome_menu-main'];

// Words as languages have them: few are frequent, most are rare (Zipf), made of syllables so that beginnings are shared.
const SYLLABLES = [
  'ba',
  'co',
  'da',
  'fe',
  'gi',
  'ho',
  'ju',
  'ka',
  'lo',
  'mi',
  'no',
  'pa',
  'ri',
  'se',
  'tu',
  'va',
];
const VOCABULARY = 50_000;
/** @param {number} rank */
function word(rank) {
  let text = '';
  for (let rest = rank + 16; rest > 0; rest = Math.floor(rest / 16)) text += SYLLABLES[rest % 16];
  return text;
}
let seed = 20261123;
/** A number from 0 to 1, the same in every run. */
function random() {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}
const anyWord = () => word(Math.floor(VOCABULARY ** random()) - 1);
const text = () => Array.from({ length: 4 + Math.floor(random() * 9) }, anyWord).join(' ');
/** @param {string} kind @param {number} i */
const id = (kind, i) =>
  `${kind}_${createHash('sha256').update(`bench ${i}`).digest('base64url').slice(0, 22)}`;
/** @param {number} i */
const phone = (i) => `+1${String(2_000_000_000 + i * 7919)}`;

/** @param {import('mongoose').mongo.Db} db */
async function fill(db) {
  const [model] = await db.collection('conversations').find({ tenantId: 'demo', status: 'open' }).toArray();
  const [entry] = await db
    .collection('timeline')
    .find({ tenantId: 'demo', 'events.type': 'message.received' })
    .toArray();
  if (!model || !entry) throw new Error('The demo has to have conversations');
  const start = Date.now() - messages * 100;
  for (let done = 0; done < messages; done += PORTION) {
    const conversations = [];
    const contacts = [];
    const entries = [];
    for (let at = done; at < Math.min(done + PORTION, messages); at += PER_CONVERSATION) {
      const i = at / PER_CONVERSATION;
      const inboxId = INBOXES[i % INBOXES.length];
      const peer = phone(i);
      const name = `${anyWord()} ${word(i % VOCABULARY)}`;
      const lastActivityAt = new Date(start + (at + PER_CONVERSATION) * 100).toISOString();
      const digits = peer.slice(1);
      const words = [...name.split(' '), digits, digits.slice(-10), digits.slice(-7), digits.slice(-4)];
      const conversationId = id('cv', i);
      conversations.push({
        ...model,
        _id: conversationId,
        inboxId,
        peers: [peer],
        contactName: name,
        words,
        lastActivityAt,
        sortAt: lastActivityAt,
        seq: PER_CONVERSATION,
      });
      contacts.push({
        _id: id('ct', i),
        tenantId: 'demo',
        numbers: [peer],
        name,
        words,
        inboxIds: [inboxId],
        lastActivityAt,
        revision: 0,
      });
      for (let seq = 1; seq <= PER_CONVERSATION; seq += 1) {
        const { _id: _, messageId: _m, state: _s, commandId: _c, ...rest } = entry;
        const said = text();
        entries.push({
          ...rest,
          conversationId,
          seq,
          inboxId,
          text: said,
          tokens: [...new Set(said.split(' '))],
          at: new Date(start + (at + seq) * 100).toISOString(),
        });
      }
    }
    const options = { ordered: false, writeConcern: { w: 1, journal: false } };
    await Promise.all([
      db.collection('timeline').insertMany(entries, options),
      db.collection('conversations').insertMany(/** @type {any[]} */ (conversations), options),
      db.collection('contacts').insertMany(/** @type {any[]} */ (contacts), options),
    ]);
    if ((done / PORTION) % 20 === 0) process.stdout.write(`  ${done.toLocaleString('en')} texts\r`);
  }
}

/** @param {number[]} numbers @param {number} part */
const at = (numbers, part) =>
  (numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * part)] ?? Number.NaN).toFixed(0);

console.log('Starting the product …');
const product = await startProduct();
const client = await new mongo.MongoClient(product.mongodbUrl).connect();
try {
  console.log(
    `Writing ${messages.toLocaleString('en')} texts in ${(messages / PER_CONVERSATION).toLocaleString('en')} conversations …`,
  );
  await fill(client.db('partyline_inbox'));
  /** @type {Record<string, () => string>} */
  const searches = {
    'a frequent word': () => word(Math.floor(random() * 10)),
    'a rare word': () => word(20_000 + Math.floor(random() * 20_000)),
    'two frequent words': () => `${word(Math.floor(random() * 20))} ${word(20 + Math.floor(random() * 20))}`,
    'a frequent and a rare word': () => `${word(3)} ${word(10_000 + Math.floor(random() * 20_000))}`,
    'the beginning of a word, 2 letters': () => SYLLABLES[Math.floor(random() * 16)] ?? '',
    'the beginning of a word, 5 letters': () => word(1_000 + Math.floor(random() * 40_000)).slice(0, 5),
    'the name of a contact': () => word(Math.floor(random() * VOCABULARY)),
    'the last 4 digits of a number': () => phone(Math.floor(random() * 1_000)).slice(-4),
    'a whole number': () => phone(Math.floor((random() * messages) / PER_CONVERSATION)),
    'a word that nobody wrote': () => 'zzyzx',
  };
  const base = product.target.events.replace(/\/events$/, '/search');
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  for (const [title, q] of Object.entries(searches)) {
    /** @type {number[]} */
    const took = [];
    let found = 0;
    let unfinished = 0;
    for (let round = -5; round < rounds; round += 1) {
      const url = `${base}?${new URLSearchParams({ q: q(), limit: '20' })}`;
      const began = performance.now();
      const answer = await fetch(url, { headers: product.target.headers });
      const body = await answer.json();
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(body)}`);
      // The first few warm the caches up.
      if (round < 0) continue;
      took.push(performance.now() - began);
      found += body.items.length;
      if (body.complete === false) unfinished += 1;
    }
    table[title] = {
      'p50 ms': at(took, 0.5),
      'p99 ms': at(took, 0.99),
      'found on average': (found / rounds).toFixed(1),
      'cut short': String(unfinished),
    };
  }
  console.table(table);
} finally {
  await client.close();
  await product.stop();
}
