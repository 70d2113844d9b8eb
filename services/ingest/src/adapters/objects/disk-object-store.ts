import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '@partyline/kernel';
import { ObjectStore, type Bytes } from '../../application/object-store.js';

/** Files in a folder: for one machine, or for a folder that all replicas share. */
export class DiskObjectStore extends ObjectStore {
  /** `folder` is made where it is missing. */
  constructor(private readonly folder: string) {
    super();
  }

  override async put(key: string, { body }: Bytes): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    // Written beside its place and moved there, so that nobody reads half of it.
    const unfinished = `${path}.${newId('part')}`;
    try {
      await writeDurably(unfinished, body);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  }

  override async read(key: string, start: number, end: number): Promise<Readable | null> {
    const file = await openIfThere(this.pathOf(key));
    // `end` of a stream is the last byte itself, and there is no such byte in nothing.
    return file && file.createReadStream({ start, end: Math.max(end - 1, 0) });
  }

  /** With what a process that was killed while it wrote has left beside it. */
  override async drop(key: string): Promise<void> {
    const path = this.pathOf(key);
    const left = `${basename(path)}.part`;
    const others = await namesIn(dirname(path));
    for (const name of others)
      if (name.startsWith(left)) await rm(join(dirname(path), name), { force: true });
    await rm(path, { force: true });
  }

  private pathOf(key: string): string {
    return join(this.folder, ...key.split('/'));
  }
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is durable when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const openIfThere = (path: string): Promise<FileHandle | null> =>
  ifThere(() => open(path, constants.O_RDONLY));

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await ifThere(() => readdir(folder))) ?? [];

async function ifThere<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      return null;
    throw error;
  }
}
