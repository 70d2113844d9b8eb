import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { Acts, type ActsPage, type ActsQuery } from '../../application/audit/acts.js';
import { Refused } from '../../application/refused.js';
import type { Act, ActEnd, EndedAct } from '../../domain/act.js';
import { collectionsOf, type ActDocument } from './documents.js';

/** Names of indexes, by what a list is narrowed to. */
const ACTS_TRAIL = 'tenant_at';
const ACTS_OF_PERSON = 'tenant_actor_at';
const ACTS_OF_KIND = 'tenant_type_at';

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
const SEPARATOR = ' ';

@Injectable()
export class MongoActs extends Acts {
  private readonly acts: mongo.Collection<ActDocument>;

  constructor(@InjectConnection() connection: Connection) {
    super();
    this.acts = collectionsOf(connection).acts;
  }

  override async begin({ given, ...act }: Act): Promise<void> {
    await this.acts.insertOne(
      { ...act, given: JSON.stringify(given), outcome: 'begun', endedAt: null },
      DURABLE,
    );
  }

  override async end(tenantId: string, id: string, end: ActEnd, endedAt: string): Promise<void> {
    await this.acts.updateOne({ tenantId, id }, { $set: { ...end, endedAt } }, DURABLE);
  }

  override async list({ tenantId, actorId, type, from, to, cursor, limit }: ActsQuery): Promise<ActsPage> {
    const conditions: mongo.Filter<ActDocument>[] = [{ tenantId }];
    if (actorId !== undefined) conditions.push({ 'actor.id': actorId });
    if (type !== undefined) conditions.push({ type });
    if (from !== undefined) conditions.push({ at: { $gte: from } });
    if (to !== undefined) conditions.push({ at: { $lte: to } });
    if (cursor !== undefined) {
      const [at, id] = placeOf(cursor);
      conditions.push({ at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, id: { $lt: id } }] });
    }
    const documents = await this.acts
      .find({ $and: conditions })
      .sort({ at: -1, id: -1 })
      .hint(actorId === undefined ? (type === undefined ? ACTS_TRAIL : ACTS_OF_KIND) : ACTS_OF_PERSON)
      .limit(limit + 1)
      .toArray();
    const items = documents.slice(0, limit).map((document) => ({
      act: actOf(document),
      position: `${document.at}${SEPARATOR}${document.id}`,
    }));
    return { items, nextCursor: documents.length > limit ? (items.at(-1)?.position ?? null) : null };
  }
}

function actOf({ _id, given, ...act }: mongo.WithId<ActDocument>): EndedAct {
  return { ...act, given: JSON.parse(given) as Record<string, unknown> };
}

function placeOf(cursor: string): [at: string, id: string] {
  const [at, id, ...more] = cursor.split(SEPARATOR);
  if (at !== undefined && id !== undefined && more.length === 0) return [at, id];
  throw new Refused('VALIDATION', 'This cursor is none of ours. Ask for the first page again.');
}
