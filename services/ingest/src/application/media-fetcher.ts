import type { MediaProblem } from '../domain/media.js';
import type { Bytes } from './object-store.js';

/** Fetches from a carrier, as a guest that trusts nothing about the address. */
export abstract class MediaFetcher {
  /** `headersFor`: credentials for the carrier's own hosts, asked for every hop. */
  abstract fetch(
    url: string,
    headersFor: (url: URL) => Readonly<Record<string, string>>,
  ): Promise<Bytes | MediaProblem>;
}
