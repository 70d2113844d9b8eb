import type { ObjectStore } from '../../application/object-store.js';
import { DiskObjectStore } from './disk-object-store.js';
import { S3ObjectStore } from './s3-object-store.js';

interface Places {
  readonly PARTYLINE_MEDIA_DIR?: string | undefined;
  readonly PARTYLINE_MEDIA_BUCKET?: string | undefined;
  readonly PARTYLINE_S3_ENDPOINT?: string | undefined;
}

/** The one that the environment names. */
export function objectStoreOf(places: Places): ObjectStore {
  const { PARTYLINE_MEDIA_BUCKET: name, PARTYLINE_MEDIA_DIR: folder } = places;
  if (name !== undefined) return new S3ObjectStore({ name, endpoint: places.PARTYLINE_S3_ENDPOINT });
  if (folder !== undefined) return new DiskObjectStore(folder);
  throw new Error('Nothing says where pictures are kept.');
}
