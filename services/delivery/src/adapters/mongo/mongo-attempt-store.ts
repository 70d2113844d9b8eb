import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import {
  AttemptStore,
  ProviderIdTaken,
  type AttemptRef,
  type CarrierRef,
  type ConversationRef,
  type LoginRef,
} from '../../application/attempt-store.js';
import type { Attempt } from '../../domain/attempt.js';
import { ATTEMPTS, BY_PROVIDER_ID, OPEN, OUTCOME_OPEN, UNLANDED } from './indexes.js';

type AttemptDocument = Omit<Attempt, 'id'> & { readonly _id: string };

const OPEN_STATES = ['queued', 'sending'] as const;
/** The most recipients that a group text can have, and then some. */
const RECIPIENTS = 100;
/** Two writers of one attempt are rare, five in a row are a fault. */
const TRIES = 20;

@Injectable()
export class MongoAttemptStore extends AttemptStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get attempts(): mongo.Collection<AttemptDocument> {
    return this.connection.getClient().db(this.connection.name).collection<AttemptDocument>(ATTEMPTS);
  }

  override async add(attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
    if (attempts.length === 0) return new Set();
    const result = await this.attempts.bulkWrite(
      attempts.map((attempt) => {
        const { _id, tenantId, ...rest } = toDocument(attempt);
        return { updateOne: { filter: { _id, tenantId }, update: { $setOnInsert: rest }, upsert: true } };
      }),
      { ordered: false },
    );
    const added = new Set<string>(Object.values(result.upsertedIds).map(String));
    return new Set(attempts.map(({ id }) => id).filter((id) => !added.has(id)));
  }

  override async change(
    { tenantId, id }: AttemptRef,
    decide: (attempt: Attempt) => Attempt | null,
  ): Promise<Attempt | null> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await this.attempts.findOne({ _id: id, tenantId });
      const next = found && decide(fromDocument(found));
      if (!found || !next) return null;
      const changed = { ...next, version: found.version + 1 };
      if (await this.replace(changed, found.version)) return changed;
    }
    throw new Error(
      `Attempt ${id} is being changed by so many at once that no change gets through; try again`,
    );
  }

  override async erase(
    tenantId: string,
    messageIds: readonly string[],
  ): Promise<{ readonly erased: number; readonly open: number }> {
    const these = { tenantId, messageId: { $in: [...messageIds] } };
    const { matchedCount: erased } = await this.attempts.updateMany(
      { ...these, state: { $nin: [...OPEN_STATES] } },
      { $set: { text: '', media: [], description: null }, $inc: { version: 1 } },
    );
    const open = await this.attempts.countDocuments({ ...these, state: { $in: [...OPEN_STATES] } });
    return { erased, open };
  }

  override async ofMessage(tenantId: string, messageId: string): Promise<Attempt[]> {
    return (await this.attempts.find({ tenantId, messageId }).toArray()).map(fromDocument);
  }

  override async ofCarrier(ref: CarrierRef): Promise<Attempt | null> {
    const { reference, providerMessageId, ...account } = ref;
    const byProviderId = await this.attempts.findOne({ ...account, providerMessageId });
    if (byProviderId) return fromDocument(byProviderId);
    if (reference === null) return null;
    const byReference = await this.attempts.findOne({ ...account, _id: reference });
    return byReference && fromDocument(byReference);
  }

  override async known(
    { tenantId, carrier, accountIds }: LoginRef,
    providerIds: readonly string[],
    references: readonly string[],
  ): Promise<Attempt[]> {
    const accounts = { tenantId, carrier, accountId: { $in: [...accountIds] } };
    const [byProviderId, byReference] = await Promise.all([
      this.attempts.find({ ...accounts, providerMessageId: { $in: [...providerIds] } }).toArray(),
      references.length === 0
        ? []
        : this.attempts
            .find({ ...accounts, _id: { $in: [...references] }, providerMessageId: null })
            .toArray(),
    ]);
    return [...byProviderId, ...byReference].map(fromDocument);
  }

  override async outcomeOpen({ tenantId, carrier, accountIds }: LoginRef, limit: number): Promise<Attempt[]> {
    const found = await this.attempts
      .find({
        tenantId,
        carrier,
        accountId: { $in: [...accountIds] },
        status: 'unknown',
        providerMessageId: null,
      })
      .hint(OUTCOME_OPEN.name)
      .sort({ queuedAt: -1 })
      .limit(limit)
      .toArray();
    return found.map(fromDocument);
  }

  override async head({ tenantId, conversationId }: ConversationRef): Promise<Attempt[]> {
    const open = await this.attempts
      .find({ tenantId, conversationId, state: { $in: [...OPEN_STATES] } })
      .sort(OPEN.key)
      .limit(RECIPIENTS)
      .toArray();
    return open.filter(({ messageId }) => messageId === open[0]?.messageId).map(fromDocument);
  }

  override async due(now: Date, limit: number): Promise<ConversationRef[]> {
    const heads = this.attempts.aggregate<ConversationRef>(
      [
        { $match: { state: { $in: OPEN_STATES } } },
        { $sort: OPEN.key },
        {
          $group: {
            _id: { tenantId: '$tenantId', conversationId: '$conversationId' },
            state: { $first: '$state' },
            nextAttemptAt: { $first: '$nextAttemptAt' },
          },
        },
        { $match: { state: 'queued', nextAttemptAt: { $lte: now } } },
        { $limit: limit },
        { $replaceWith: '$_id' },
      ],
      { hint: OPEN.name },
    );
    return heads.toArray();
  }

  override async overdue(now: Date, limit: number): Promise<AttemptRef[]> {
    return this.refs({ state: 'sending', 'claim.until': { $lte: now } }, OPEN.name, limit);
  }

  override async unlanded(now: Date, limit: number): Promise<AttemptRef[]> {
    return this.refs({ unlanded: true, announceAt: { $lte: now } }, UNLANDED.name, limit);
  }

  private async refs(
    filter: mongo.Filter<AttemptDocument>,
    hint: string,
    limit: number,
  ): Promise<AttemptRef[]> {
    const found = await this.attempts.find(filter, { projection: { tenantId: 1 }, hint, limit }).toArray();
    return found.map(({ _id, tenantId }) => ({ id: _id, tenantId }));
  }

  private async replace(next: Attempt, version: number): Promise<boolean> {
    const { _id, ...rest } = toDocument(next);
    try {
      const result = await this.attempts.replaceOne({ _id, tenantId: next.tenantId, version }, rest);
      return result.matchedCount === 1;
    } catch (error) {
      if (!isDuplicateKey(error, BY_PROVIDER_ID)) throw error;
      throw new ProviderIdTaken(
        `${next.carrier} gave the id ${next.providerMessageId} to another reply before`,
        {
          cause: error,
        },
      );
    }
  }
}

function toDocument({ id, ...rest }: Attempt): AttemptDocument {
  return { _id: id, ...rest };
}

function fromDocument({ _id, ...rest }: AttemptDocument): Attempt {
  return { id: _id, ...rest };
}
