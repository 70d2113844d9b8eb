import type { Readable } from 'node:stream';

export interface Bytes {
  /** Sniffed from the bytes, never what the sender said. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Where bytes lie: a bucket, or a folder. Keys are paths of letters, digits, `-` and `_`. */
export abstract class ObjectStore {
  /** Durable when it resolves. Putting the same key again replaces. */
  abstract put(key: string, bytes: Bytes): Promise<void>;
  /** From byte `start` to before byte `end`; null where there is none. */
  abstract read(key: string, start: number, end: number): Promise<Readable | null>;
  /** One that is not there is gone already. */
  abstract drop(key: string): Promise<void>;
}
