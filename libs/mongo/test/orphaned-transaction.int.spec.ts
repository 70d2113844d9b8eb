import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDbPrefix, mongoUrl } from '@partyline/testing';
import { mongo } from 'mongoose';

let client: mongo.MongoClient;

beforeAll(() => {
  client = new mongo.MongoClient(mongoUrl());
});
afterAll(() => client.close());

it('what a process was changing when it was killed can be changed by its successor within seconds', async () => {
  const documents = client.db(freshDbPrefix()).collection<{ _id: string; n: number }>('documents');
  await documents.insertOne({ _id: 'one', n: 0 });
  const orphan = client.startSession();
  orphan.startTransaction();
  await documents.updateOne({ _id: 'one' }, { $inc: { n: 1 } }, { session: orphan });

  const begun = Date.now();
  await client.withSession((session) =>
    session.withTransaction(() => documents.updateOne({ _id: 'one' }, { $inc: { n: 10 } }, { session })),
  );
  expect(await documents.findOne({ _id: 'one' })).toEqual({ _id: 'one', n: 10 });
  expect(Date.now() - begun).toBeLessThan(20_000);
  await orphan.endSession().catch(() => undefined);
});
