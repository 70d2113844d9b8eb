import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@partyline/kernel';
import { hasS3, startS3 } from '@partyline/testing';
import { DiskObjectStore } from '../src/adapters/objects/disk-object-store.js';
import { S3ObjectStore } from '../src/adapters/objects/s3-object-store.js';
import type { ObjectStore } from '../src/application/object-store.js';

const bytes = { contentType: 'image/png', body: randomBytes(300_000) };
const freshKey = (): string => `acme/${newId('md')}/full`;

async function contentOf(
  store: ObjectStore,
  key: string,
  start: number,
  end: number,
): Promise<Buffer | null> {
  const stream = await store.read(key, start, end);
  return stream && buffer(stream);
}

/** Skipped where no such server could be installed, which CI does not allow. */
const describeWithS3 = hasS3() ? describe : describe.skip;

/** What every place has to do that pictures are kept in. */
function keepsBytes(storeOf: () => ObjectStore): void {
  it('gives back what was put, all of it or a part', async () => {
    const store = storeOf();
    const key = freshKey();
    await store.put(key, bytes);
    expect(await contentOf(store, key, 0, bytes.body.length)).toEqual(bytes.body);
    expect(await contentOf(store, key, 100, 105)).toEqual(bytes.body.subarray(100, 105));
  });

  it('replaces what is put again, also by two at once', async () => {
    const store = storeOf();
    const key = freshKey();
    const other = { contentType: 'image/png', body: Buffer.from('other') };
    await Promise.all([store.put(key, other), store.put(key, other)]);
    expect(String(await contentOf(store, key, 0, 5))).toBe('other');
  });

  it('has nothing of what was dropped or never put', async () => {
    const store = storeOf();
    const key = freshKey();
    expect(await store.read(key, 0, 1)).toBeNull();
    await store.drop(key);
    await store.put(key, bytes);
    await store.drop(key);
    expect(await store.read(key, 0, 1)).toBeNull();
  });
}

describe('a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partyline-objects-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  keepsBytes(() => new DiskObjectStore(folder));

  it('leaves nothing half written behind', async () => {
    const store = new DiskObjectStore(join(folder, 'whole'));
    await store.put('acme/md_1/full', bytes);
    expect(await readdir(join(folder, 'whole', 'acme', 'md_1'))).toEqual(['full']);
  });
});

describeWithS3('a bucket by the S3 API', () => {
  const name = 'partyline-test';
  let server: Awaited<ReturnType<typeof startS3>>;
  let store: S3ObjectStore;
  beforeAll(async () => {
    const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    Object.assign(process.env, credentials);
    server = await startS3(name);
    store = new S3ObjectStore({ name, endpoint: server.url });
  }, 60_000);
  afterAll(async () => {
    store.onModuleDestroy();
    await server.stop();
  });

  keepsBytes(() => store);
});
