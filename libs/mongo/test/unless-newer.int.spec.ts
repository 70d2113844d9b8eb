import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unlessNewer } from '@partyline/mongo';
import type { mongo } from 'mongoose';
import { openTestDatabase, type TestDatabase } from './test-database.js';

interface Versioned {
  readonly _id: number;
  readonly revision: number;
}

let database: TestDatabase;
let versions: mongo.Collection<Versioned>;
beforeAll(async () => {
  database = await openTestDatabase();
  versions = database.db.collection<Versioned>('versions');
});
afterAll(() => database.close());

const write = (_id: number, revision: number) =>
  unlessNewer(() =>
    versions.updateOne({ _id, revision: { $lt: revision } }, { $set: { revision } }, { upsert: true }),
  );

describe('a write of a newer version', () => {
  it('leaves a newer one as it is, and says so', async () => {
    expect(await write(-1, 2)).toMatchObject({ upsertedCount: 1 });
    expect(await write(-1, 1)).toBeUndefined();
    expect(await versions.findOne({ _id: -1 })).toEqual({ _id: -1, revision: 2 });
  });

  it('is not lost to an older one that is inserted in the same moment', async () => {
    const ids = Array.from({ length: 200 }, (_, id) => id);
    await Promise.all(ids.flatMap((id) => [3, 1, 2].map((revision) => write(id, revision))));
    expect(await versions.countDocuments({ _id: { $gte: 0 }, revision: { $ne: 3 } })).toBe(0);
  });

  it('holds for every write of a bulk', async () => {
    const bulk = (revision: number) =>
      unlessNewer(() =>
        versions.bulkWrite(
          Array.from({ length: 200 }, (_, i) => ({
            updateOne: {
              filter: { _id: 1_000 + i, revision: { $lt: revision } },
              update: { $set: { revision } },
              upsert: true,
            },
          })),
          { ordered: false },
        ),
      );
    await Promise.all([3, 1, 2].map(bulk));
    expect(await versions.countDocuments({ _id: { $gte: 1_000 }, revision: { $ne: 3 } })).toBe(0);
  });

  it('that fails for another reason is not taken for done', async () => {
    const failing = () => Promise.reject(new Error('the database is away'));
    await expect(unlessNewer(failing)).rejects.toThrow('the database is away');
  });
});
