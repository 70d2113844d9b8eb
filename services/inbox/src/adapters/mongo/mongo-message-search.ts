import { Injectable } from '@nestjs/common';
import { mongo } from 'mongoose';
import {
  MessageSearch,
  type MessageHit,
  type MessageHits,
  type MessageQuery,
} from '../../application/message-search.js';
import type { EntryDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { TEXTS_BY_TIME, TEXTS_BY_WORD } from './indexes.js';

/**
 * Up to so many texts all are read and the newest kept; of more, the newest are come across soon enough. Where n of N
 * texts fit, one way reads n and the other some 20 N / n until a page is full: at a million they cost the same here.
 */
const FEW = 5_000;
/** So far it is counted which of several words is the rarest. */
const COUNTED = 20_000;
/** How long may be looked for older ones, milliseconds. */
const PATIENCE_MS = 400;
const TIME_IS_UP = 50;

type Condition = string | RegExp;
type Row = Pick<EntryDocument, 'conversationId' | 'seq' | 'at' | 'text'>;
const SHOWN = { conversationId: 1, seq: 1, at: 1, text: 1 } as const;

/**
 * By an index of words. The rarest of the words looked for leads: where few texts have it, all of them are read; where
 * many do, they are passed from the newest on until enough are found. So neither rare nor frequent words are slow.
 */
@Injectable()
export class MongoMessageSearch extends MessageSearch {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async find({ tenantId, inboxIds, wanted, limit }: MessageQuery): Promise<MessageHits> {
    const { words, prefix } = wanted;
    // Letters and digits only, so nothing in it can act as a pattern.
    const conditions: Condition[] = [...words, ...(prefix === null ? [] : [new RegExp(`^${prefix}`)])];
    const where = { tenantId, inboxId: { $in: [...inboxIds] } };
    const counted = await Promise.all(
      conditions.map(async (condition) => ({
        condition,
        count: await this.timeline.countDocuments(
          { ...where, tokens: condition },
          { limit: conditions.length === 1 ? FEW : COUNTED, hint: TEXTS_BY_WORD },
        ),
      })),
    );
    counted.sort((a, b) => a.count - b.count);
    const [rarest] = counted;
    if (!rarest || rarest.count === 0) return { hits: [], complete: true };
    // Of a beginning there are many words, which an index does not have in the order of time.
    const leader =
      rarest.count < FEW ? rarest : counted.find(({ condition }) => typeof condition === 'string');
    const others = conditions.filter((condition) => condition !== leader?.condition);
    const found = this.timeline
      .find(
        leader
          ? { ...where, tokens: leader.condition, $expr: { $and: others.map(has) } }
          : { ...where, $and: conditions.map((tokens) => ({ tokens })) },
      )
      .project<Row>(SHOWN)
      .sort({ at: -1 })
      .hint(leader ? TEXTS_BY_WORD : TEXTS_BY_TIME)
      .maxTimeMS(PATIENCE_MS)
      .batchSize(Math.max(50, limit * 3));
    return newestOfEach(found, limit);
  }

  private get timeline(): mongo.Collection<EntryDocument> {
    return this.database.timeline;
  }
}

/** As an expression, which no index is used for: the planner could let any of the words lead. */
function has(condition: Condition): object {
  if (typeof condition === 'string') return { $in: [condition, '$tokens'] };
  const matches = { $regexMatch: { input: '$$token', regex: condition } };
  return { $anyElementTrue: { $map: { input: '$tokens', as: 'token', in: matches } } };
}

async function newestOfEach(rows: AsyncIterable<Row>, limit: number): Promise<MessageHits> {
  const hits = new Map<string, MessageHit>();
  try {
    for await (const { conversationId, seq, at, text = '' } of rows) {
      if (!hits.has(conversationId)) hits.set(conversationId, { conversationId, seq, at, text });
      if (hits.size >= limit) break;
    }
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== TIME_IS_UP) throw error;
    return { hits: [...hits.values()], complete: false };
  }
  return { hits: [...hits.values()], complete: true };
}
