import type { Readable } from 'node:stream';
import type { MediaRef } from '../domain/media-link.js';

export interface MediaFile {
  /** Sniffed from the bytes, never what the carrier said. */
  readonly contentType: string;
  readonly bytes: number;
  /** All of it, or from byte `start` to before byte `end`. */
  read(start?: number, end?: number): Readable;
}

export interface FetchedMedia {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Why media cannot be had. `refused` never changes; `unavailable` may work later. */
export interface MediaProblem {
  readonly kind: 'refused' | 'unavailable';
  readonly reason: string;
}

/** Media that were fetched once, for ever. */
export abstract class MediaStore {
  abstract find(ref: MediaRef): Promise<MediaFile | null>;
  /** Keeping the same one twice keeps one. */
  abstract keep(ref: MediaRef, media: FetchedMedia): Promise<void>;
  /** One that is not there is gone already. */
  abstract drop(ref: MediaRef): Promise<void>;
}

/** Fetches from a carrier, as a guest that trusts nothing about the address. */
export abstract class MediaFetcher {
  /** `headersFor`: credentials for the carrier's own hosts, asked for every hop. */
  abstract fetch(
    url: string,
    headersFor: (url: URL) => Readonly<Record<string, string>>,
  ): Promise<FetchedMedia | MediaProblem>;
}
