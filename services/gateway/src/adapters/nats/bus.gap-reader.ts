import { Injectable } from '@nestjs/common';
import { CallUnavailable, OrderedReader } from '@partyline/bus';
import type { StreamExtent } from '../../domain/stream-position.js';
import { GapReader, type FeedItem, type Gap } from '../../application/live/feed.js';
import { Refused } from '../../application/refused.js';
import { feedItemOf } from './feed-item.js';

/** A gap that takes longer to read (milliseconds) is fetched anew. */
const PATIENCE_MS = 10_000;

@Injectable()
export class BusGapReader extends GapReader {
  constructor(private readonly reader: OrderedReader) {
    super();
  }

  override async extent(): Promise<StreamExtent> {
    const position = await this.reader.position('inbox').catch((error: unknown): never => {
      if (!(error instanceof CallUnavailable)) throw error;
      throw new Refused('UNAVAILABLE', 'Live events cannot be had at the moment.', { retryAfter: 1 });
    });
    return {
      creation: position.streamCreated,
      first: position.firstSequence,
      last: position.lastSequence,
    };
  }

  /** Reads all tenants' events, because only so the end of the gap is sure to be seen; the gap is bounded. */
  override async *read(gap: Gap, gone: AbortSignal): AsyncIterable<FeedItem | 'lost'> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    const done = new AbortController();
    const signal = AbortSignal.any([gone, late, done.signal]);
    const options = { startSequence: gap.after + 1, streamCreated: gap.creation, signal };
    try {
      for await (const event of this.reader.read('inbox', options)) {
        if (event.kind === 'reset') {
          yield 'lost';
          return;
        }
        if (event.sequence <= gap.through && event.envelope.tenantId === gap.tenantId) {
          const item = feedItemOf(event);
          if (item) yield item;
        }
        if (event.sequence >= gap.through) return;
      }
      if (late.aborted) yield 'lost';
    } finally {
      done.abort();
    }
  }
}
