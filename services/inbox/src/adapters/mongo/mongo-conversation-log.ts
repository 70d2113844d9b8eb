import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { isDuplicateKey, outcomeUnknown } from '@partyline/mongo';
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
import { entryDocument, entryOf } from './entry-document.js';
import { InboxDatabase } from './inbox-database.js';
import { ONE_ENTRY_PER_COMMAND, ONE_ENTRY_PER_MESSAGE, ONE_ENTRY_PER_SEQ } from './indexes.js';
import { projectionWrites } from './projection-writes.js';
import { settleUnknown } from './settle-unknown.js';

/**
 * A projection is not waited for on any disk. Were it lost in a crash, so would be the mark that is written after it,
 * and the relay shows what is not marked.
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

  protected override async insert(items: readonly Projected[]): Promise<InsertOutcome[]> {
    const now = this.clock.now();
    const documents = items.map((item) => entryDocument(item, now));
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
    try {
      await this.database.conversations.bulkWrite(projectionWrites(items), DERIVED);
    } catch (error) {
      // A newer state is shown already: the guard did not match, so the upsert met the _id.
      if (!isOnlyDuplicateKeys(error)) throw error;
    }
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

function outcomeAt(error: mongo.MongoBulkWriteError, index: number): InsertOutcome {
  const refusal = [error.writeErrors].flat().find((candidate) => candidate.index === index);
  if (!refusal) return 'committed';
  if (isDuplicateKey(refusal, ONE_ENTRY_PER_SEQ)) return 'taken';
  const isRepeat =
    isDuplicateKey(refusal, ONE_ENTRY_PER_MESSAGE) || isDuplicateKey(refusal, ONE_ENTRY_PER_COMMAND);
  if (isRepeat) return 'repeated';
  throw error;
}

function isOnlyDuplicateKeys(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError) || outcomeUnknown(error)) return false;
  const refusals = [error.writeErrors].flat();
  return refusals.length > 0 && refusals.every((refusal) => isDuplicateKey(refusal));
}
