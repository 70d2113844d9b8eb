// @ts-check
// Before the services, once, by docker-compose.yml: refuses the demonstration's secrets in production, and makes a fresh
// mongod a replica set of one:
//   node tools/container/init.mjs mongodb://mongo:27017 mongo:27017
import { MongoClient } from 'mongodb';

const NOT_YET_INITIALIZED = 94;
/** How the defaults in docker-compose.yml begin; the second is the first in base64. */
const DEMO_SECRET = /^(demo-only|ZGVtby1vbmx5|partyline-development)/;
/** A mongod that recovers from a power cut takes its time. */
const MONGOD_STARTS_WITHIN_MS = 120_000;

const [url, host] = process.argv.slice(2);
if (!url || !host) throw new Error('usage: init.mjs <url> <host:port as the services reach it>');

const published = Object.keys(process.env)
  .filter((name) => DEMO_SECRET.test(process.env[name] ?? ''))
  .toSorted();
if (process.env.NODE_ENV === 'production' && published.length > 0) {
  process.stderr.write(
    'Partyline refuses to start with NODE_ENV=production: the values of the demonstration, which everybody knows, are ' +
      `still used for ${published.join(', ')}. Set your own in .env; .env.example says how.\n`,
  );
  process.exit(1);
}

const client = new MongoClient(`${url}/?directConnection=true`, {
  serverSelectionTimeoutMS: MONGOD_STARTS_WITHIN_MS,
});
try {
  const admin = client.db('admin');
  const known = await admin.command({ replSetGetStatus: 1 }).catch((error) => {
    if (error.code === NOT_YET_INITIALIZED) return null;
    throw error;
  });
  if (!known) await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
  console.log(known ? 'The replica set stands already.' : 'The replica set is made.');
} finally {
  await client.close();
}
