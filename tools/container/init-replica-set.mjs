// @ts-check
// Makes a fresh mongod a replica set of one, where it is none yet. Run once by docker-compose.yml:
//   node tools/container/init-replica-set.mjs mongodb://mongo:27017 mongo:27017
import { MongoClient } from 'mongodb';

const NOT_YET_INITIALIZED = 94;
const [url, host] = process.argv.slice(2);
if (!url || !host) throw new Error('usage: init-replica-set.mjs <url> <host:port as the services reach it>');

const client = new MongoClient(`${url}/?directConnection=true`, { serverSelectionTimeoutMS: 30_000 });
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
