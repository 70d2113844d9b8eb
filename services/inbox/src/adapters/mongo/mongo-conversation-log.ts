import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { isDuplicateKey, outcomeUnknown, unlessNewer } from '@partyline/mongo';
import { mongo } from 'mongoose';
import type {
  AppendRequest,
  ConversationRef,
  LoggedEntry,
  Projected,
  Standing,
} from '../../application/log/conversation-log.js';
import {
  OptimisticConversationLog,
  type InsertOutcome,
} from '../../application/log/optimistic-conversation-log.js';
import { Outbox } from '../../application/outbox.js';
import type { ExistingConversation } from '../../domain/conversation.js';
import { standingOf, stateOf } from './conversation-document.js';
import type { EntryDocument } from './documents.js';
import { entryDocument, entryOf } from './entry-document.js';
import { InboxDatabase } from './inbox-database.js';
import { ONE_ENTRY_PER_COMMAND, ONE_ENTRY_PER_MESSAGE, ONE_ENTRY_PER_SEQ } from './indexes.js';
import { projectionWrites } from './projection-writes.js';
import { settleChain, settleUnknown } from './settle-unknown.js';

/**
 * A projection is not waited for on any disk. Were it lost in a crash, its entry would stay without a mark, because that
 * is only set once a majority has the projection (ADR 17); and the relay shows what is not marked.
 */
const DERIVED = { ordered: false, writeConcern: { w: 1, journal: false } } as const;

/** The log in the collection `timeline`, its projections in `conversations`. */
@Injectable()
export class MongoConversationLog extends OptimisticConversationLog {
  constructor(
    private readonly database: InboxDatabase,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    super(outbox);
  }

  protected override async load(
    refs: readonly ConversationRef[],
  ): Promise<Map<string, Standing<ExistingConversation>>> {
    const documents = await this.database.conversations
      .find({
        _id: { $in: refs.map(({ conversationId }) => conversationId) },
        tenantId: { $in: [...new Set(refs.map(({ tenantId }) => tenantId))] },
      })
      .toArray();
    const tenants = new Map(refs.map(({ conversationId, tenantId }) => [conversationId, tenantId]));
    return new Map(
      documents
        .filter(({ _id, tenantId }) => tenants.get(_id) === tenantId)
        .map((document) => [document._id, standingOf(document)]),
    );
  }

  /** One entry each: all conversations in one bulk. Several entries: one after the other, in a bulk of their own. */
  protected override async insert(chains: readonly (readonly Projected[])[]): Promise<InsertOutcome[][]> {
    const now = this.clock.now();
    const documents = chains.map((chain) => chain.map((item) => entryDocument(item, now)));
    const single = documents.flatMap((chain) => (chain.length === 1 ? chain : []));
    const [ofSingle, ...ofLong] = await Promise.allSettled([
      this.insertSingle(single),
      ...documents.filter(({ length }) => length > 1).map((chain) => this.insertChain(chain)),
    ]);
    const singles = valueOf(ofSingle).values();
    const longs = ofLong.map(valueOf).values();
    return documents.map(({ length }) => {
      if (length > 1) return longs.next().value ?? [];
      const outcome = singles.next().value;
      return outcome === undefined ? [] : [outcome];
    });
  }

  private async insertSingle(documents: readonly EntryDocument[]): Promise<InsertOutcome[]> {
    if (documents.length === 0) return [];
    try {
      await this.database.timeline.insertMany(documents, { ordered: false });
      return documents.map(() => 'committed');
    } catch (error) {
      if (error instanceof mongo.MongoBulkWriteError && !outcomeUnknown(error)) {
        return documents.map((_, index) => outcomeAt(error, index));
      }
      return settleUnknown(this.database.timeline, documents, error);
    }
  }

  private async insertChain(documents: readonly EntryDocument[]): Promise<InsertOutcome[]> {
    try {
      await this.database.timeline.insertMany(documents, { ordered: true });
      return documents.map(() => 'committed');
    } catch (error) {
      if (error instanceof mongo.MongoBulkWriteError && !outcomeUnknown(error)) {
        const [refusal] = [error.writeErrors].flat();
        const last = refusal?.index ?? 0;
        return documents.slice(0, last + 1).map((_, index) => outcomeAt(error, index));
      }
      return settleChain(this.database.timeline, documents, error);
    }
  }

  protected override async findRepeated(request: AppendRequest): Promise<LoggedEntry | undefined> {
    const { ref, commandId, messageId } = request;
    const { tenantId, conversationId } = ref;
    const keys = [
      ...(messageId === undefined ? [] : [{ tenantId, messageId }]),
      ...(commandId === undefined ? [] : [{ tenantId, conversationId, commandId }]),
    ];
    const document = await this.database.timeline.findOne({ tenantId, $or: keys });
    return document ? entryOf(document) : undefined;
  }

  protected override async project(items: readonly Projected[]): Promise<void> {
    const writes = projectionWrites(items);
    await unlessNewer(() => this.database.conversations.bulkWrite(writes, DERIVED));
  }

  protected override async savedState(
    { tenantId, conversationId }: ConversationRef,
    seq: number,
  ): Promise<ExistingConversation | undefined> {
    const document = await this.database.timeline.findOne(
      { tenantId, conversationId, seq },
      { projection: { state: 1 } },
    );
    return document?.state && stateOf(conversationId, document.state);
  }

  protected override newEntryId(): string {
    return new mongo.ObjectId().toHexString();
  }

  override async entriesAfter(
    { tenantId, conversationId }: ConversationRef,
    seq: number,
    upTo?: number,
  ): Promise<LoggedEntry[]> {
    const documents = await this.database.timeline
      .find({
        tenantId,
        conversationId,
        seq: { $gt: seq, ...(upTo === undefined ? {} : { $lte: upTo }) },
      })
      .sort({ seq: 1 })
      .toArray();
    return documents.map(entryOf);
  }
}

/** What one bulk came to; thrown on only when all of them have ended. */
function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

function outcomeAt(error: mongo.MongoBulkWriteError, index: number): InsertOutcome {
  const refusal = [error.writeErrors].flat().find((candidate) => candidate.index === index);
  if (!refusal) return 'committed';
  if (isDuplicateKey(refusal, ONE_ENTRY_PER_SEQ)) return 'taken';
  const isRepeat =
    isDuplicateKey(refusal, ONE_ENTRY_PER_MESSAGE) || isDuplicateKey(refusal, ONE_ENTRY_PER_COMMAND);
  if (isRepeat) return 'repeated';
  throw error;
}
