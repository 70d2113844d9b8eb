// @ts-check
// `partyline tell-again`: for a service whose database was lost or restored from an old back-up.
import { parseArgs } from 'node:util';
import { say } from '../console.mjs';
import { Problem } from '../problem.mjs';
import { loadDriver } from '../servers/mongodb.mjs';
import { mongodbUrl } from './database.mjs';

/** Who has something to tell again, and what. */
const TELLERS = {
  gateway: 'all users',
  routing: 'all inboxes and numbers',
  inbox: 'who must not be texted',
};

/**
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
export async function command(args, env) {
  const { values } = parseArgs({ args, options: { service: { type: 'string' } } });
  const wanted = Object.entries(TELLERS).filter(([name]) => !values.service || name === values.service);
  if (wanted.length === 0) {
    throw new Problem(
      `The service "${values.service}" has nothing to tell again. These have: ${Object.keys(TELLERS).join(', ')}.`,
    );
  }
  const { MongoClient } = await loadDriver();
  const client = new MongoClient(mongodbUrl(env), { serverSelectionTimeoutMS: 5_000 });
  try {
    for (const [service, what] of wanted) {
      await client
        .db(`partyline_${service}`)
        .collection('occasions')
        .updateOne(
          { _id: /** @type {any} */ ('tell-again') },
          { $set: { asked: new Date() } },
          { upsert: true },
        );
      say(`${service} tells the others again of ${what}, within seconds while it runs.`);
    }
  } finally {
    await client.close();
  }
  return 0;
}
