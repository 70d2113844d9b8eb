import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  isPublicAddress,
  literalAddress,
  publicLookup,
  systemResolver,
  type Resolver,
} from '@partyline/carriers';
import { Agent, request, type Dispatcher } from 'undici';
import { MediaFetcher } from '../../application/media-fetcher.js';
import type { Bytes } from '../../application/object-store.js';
import type { MediaProblem } from '../../domain/media.js';
import { sniffedType } from './content-type.js';

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 3;

export class MediaFetchOptions {
  constructor(
    /** Origins that may be fetched from wherever they are, such as a simulator on this machine. */
    readonly allowedOrigins: ReadonlySet<string>,
    readonly resolver: Resolver = systemResolver,
    /** For the whole exchange with all redirects, milliseconds. */
    readonly timeoutMs = 15_000,
    readonly mostBytes = MOST_BYTES,
  ) {}
}

const refused = (reason: string): MediaProblem => ({ kind: 'refused', reason });
const unavailable = (reason: string): MediaProblem => ({ kind: 'unavailable', reason });

/** https to public addresses only, each redirect looked at like a new address, a limit on everything. */
@Injectable()
export class UndiciMediaFetcher extends MediaFetcher implements OnModuleDestroy {
  private readonly guarded: Agent;
  private readonly plain = new Agent({ connect: { timeout: 5_000 } });

  constructor(private readonly options: MediaFetchOptions) {
    super();
    this.guarded = new Agent({ connect: { timeout: 5_000, lookup: publicLookup(options.resolver) } });
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.guarded.destroy(), this.plain.destroy()]);
  }

  override async fetch(
    address: string,
    headersFor: (url: URL) => Readonly<Record<string, string>>,
  ): Promise<Bytes | MediaProblem> {
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    try {
      let next = address;
      for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
        if (!URL.canParse(next)) return refused('its address is not a URL');
        const url = new URL(next);
        const dispatcher = this.dispatcherFor(url);
        if (!dispatcher) return refused(`${url.origin} is not https on the public internet`);
        const answer = await request(url, { dispatcher, signal, headers: { ...headersFor(url) } });
        const location = answer.headers['location'];
        if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
          await answer.body.dump();
          next = URL.canParse(location, url.href) ? new URL(location, url).href : location;
          continue;
        }
        return await this.read(answer);
      }
      return refused(`it was redirected more than ${MOST_REDIRECTS} times`);
    } catch (error) {
      return problemOf(error);
    }
  }

  private dispatcherFor(url: URL): Dispatcher | null {
    if (this.options.allowedOrigins.has(url.origin)) return this.plain;
    const literal = literalAddress(url.hostname);
    const fine = url.protocol === 'https:' && (literal === null || isPublicAddress(literal));
    return fine ? this.guarded : null;
  }

  private async read(answer: Dispatcher.ResponseData): Promise<Bytes | MediaProblem> {
    const { mostBytes } = this.options;
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      // Pictures are often there a little later than the text that tells of them: nothing is final here.
      return unavailable(`the carrier answered ${answer.statusCode}`);
    }
    const tooLarge = refused(`it is larger than ${mostBytes} bytes`);
    if (Number(answer.headers['content-length'] ?? 0) > mostBytes) {
      // Cutting it off is an error to the stream, and nobody else listens.
      answer.body.on('error', () => undefined).destroy();
      return tooLarge;
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) return tooLarge;
      parts.push(part);
    }
    const body = Buffer.concat(parts);
    return { contentType: await sniffedType(body), body };
  }
}

/** Duck-typed: errors of sockets come from outside of this realm in tests. */
function problemOf(error: unknown): MediaProblem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const said = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  if (code === 'ENOTPUBLIC') return refused(said);
  return unavailable(`it could not be fetched: ${said || String(code ?? error)}`);
}
