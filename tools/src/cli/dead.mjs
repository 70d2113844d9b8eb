// @ts-check
// `partyline dead list|replay`: messages that a service could not handle wait in its `deadLetters` collection.
import { parseArgs } from 'node:util';
import { say } from '../console.mjs';
import { dataDirectory } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { readRuntime } from '../runtime.mjs';
import { readSecrets } from '../secrets.mjs';
import { loadDriver } from '../servers/mongodb.mjs';
import { withCredentials } from '../servers/nats.mjs';
import { hasCredentials } from '../servers/external.mjs';
import { SERVICES } from '../services.mjs';
import { mongodbUrl } from './database.mjs';
import { Republisher } from './republisher.mjs';

const USUAL_LIMIT = 50;

/**
 * @typedef {object} DeadLetter as libs/mongo stores it
 * @property {any} _id
 * @property {string | null} tenantId
 * @property {string} stream
 * @property {string} subject
 * @property {string | null} eventId
 * @property {string} payload
 * @property {Record<string, string | string[]>} [headers]
 * @property {string} reason
 * @property {string} error
 * @property {Date} firstAt
 * @property {Date} lastAt
 * @property {number} count
 */

/** @typedef {{ service: string, collection: import('mongodb').Collection<any> }} Place */

/**
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
export async function command(args, env) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      id: { type: 'string' },
      limit: { type: 'string', default: String(USUAL_LIMIT) },
      all: { type: 'boolean', default: false },
    },
  });
  const [action] = positionals;
  if (action !== 'list' && action !== 'replay')
    throw new Problem('Say what to do: partyline dead list, or partyline dead replay.');
  if (values.service && !SERVICES.some((name) => name === values.service)) {
    throw new Problem(`There is no service "${values.service}". The services are ${SERVICES.join(', ')}.`);
  }
  if (action === 'replay' && !values.id && !values.all) {
    throw new Problem('Say which: --id with an id of partyline dead list, or --all.');
  }
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new Problem(`--limit must be a number above 0, not "${values.limit}".`);

  const { MongoClient } = await loadDriver();
  const client = new MongoClient(mongodbUrl(env), { serverSelectionTimeoutMS: 5_000 });
  try {
    const names = values.service ? [values.service] : SERVICES;
    /** @type {Place[]} */
    const places = names.map((service) => ({
      service,
      collection: client.db(`partyline_${service}`).collection('deadLetters'),
    }));
    return action === 'list' ? await list(places, limit) : await replay(places, values.id, env);
  } finally {
    await client.close();
  }
}

/**
 * @param {Place[]} places
 * @param {number} limit
 */
async function list(places, limit) {
  let shown = 0;
  let all = 0;
  for (const { service, collection } of places) {
    all += await collection.countDocuments();
    for await (const letter of collection.find().sort({ lastAt: -1 }).limit(limit)) {
      shown += 1;
      say(`${letter._id}  ${service}  ${letter.subject}  ${letter.reason}`);
      say(`    ${letter.error}`);
      say(
        `    ${times(letter.count)}, first ${letter.firstAt.toISOString()}, last ${letter.lastAt.toISOString()}, event ${letter.eventId ?? 'unreadable'}`,
      );
    }
  }
  if (all === 0) say('No dead letters: every message was handled.');
  else
    say(
      `${all} dead letter${all === 1 ? '' : 's'}${shown < all ? `, ${shown} shown (--limit shows more)` : ''}.`,
    );
  return 0;
}

/** @param {number} count */
const times = (count) => (count === 1 ? 'once' : `${count} times`);

/**
 * Publishes the letters again. A letter is removed only once the stream has it; should this be killed in between, the
 * message is published twice, which every consumer withstands.
 * @param {Place[]} places
 * @param {string | undefined} id
 * @param {import('../paths.mjs').Env} env
 */
async function replay(places, id, env) {
  let done = 0;
  const bus = await Republisher.connect(adminNatsUrl(env));
  try {
    for (const { service, collection } of places) {
      for await (const letter of collection.find().sort({ firstAt: 1 })) {
        if (id !== undefined && String(letter._id) !== id) continue;
        await bus.publish(letter);
        // Unless it died again meanwhile: then it is a new letter.
        await collection.deleteOne({ _id: letter._id, count: letter.count });
        done += 1;
        say(`${letter._id}  ${service}  ${letter.subject}  published again`);
      }
    }
  } finally {
    await bus.close();
  }
  if (id !== undefined && done === 0)
    throw new Problem(`There is no dead letter ${id}. partyline dead list shows them.`);
  say(`${done} message${done === 1 ? '' : 's'} published again.`);
  return 0;
}

/** @param {import('../paths.mjs').Env} env */
function adminNatsUrl(env) {
  const dataDir = dataDirectory(env);
  const url = env.NATS_URL || readRuntime(dataDir)?.urls.nats;
  if (!url)
    throw new Problem('Partyline does not run here. Start it with npm start, or set NATS_URL to its bus.');
  if (hasCredentials(url)) return url;
  const password = env.NATS_ADMIN_PASSWORD || readSecrets(dataDir)?.natsPasswords.admin;
  return password ? withCredentials(url, 'admin', password) : url;
}
