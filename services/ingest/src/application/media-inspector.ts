import type { Bytes } from './object-store.js';

/** Looks into files that strangers sent. */
export abstract class MediaInspector {
  /** `application/octet-stream` where the bytes tell nothing. */
  abstract contentTypeOf(body: Uint8Array): Promise<string>;
  /** A small picture of a large one; null where it is small already, moves, or is no picture that can be read. */
  abstract smaller(bytes: Bytes): Promise<Bytes | null>;
}
