import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { Erasures, type ErasedTexts } from '../../application/contact/erasures.js';
import type { ConversationRef } from '../../application/log/conversation-log.js';
import { erasedEvent, type Erased } from '../../domain/erasure.js';
import type { EntryDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';

const AT_ONCE = 200;

@Injectable()
export class MongoErasures extends Erasures {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async erase(ref: ConversationRef, seq: number, erased: Erased): Promise<ErasedTexts> {
    const received: string[] = [];
    const sent: string[] = [];
    let writes: mongo.AnyBulkWriteOperation<EntryDocument>[] = [];
    const flush = async (): Promise<void> => {
      if (writes.length > 0) await this.database.timeline.bulkWrite(writes, { ordered: false });
      writes = [];
    };
    for await (const entry of this.database.timeline.find({ ...ref, seq: { $lt: seq } })) {
      for (const { type, data } of entry.events) {
        if (type === 'message.received' && erased.peers.has(data.from)) received.push(data.messageId);
        if (type === 'message.queued' && erased.alone) sent.push(data.messageId);
      }
      writes.push(erasureOf(entry, erased));
      if (writes.length >= AT_ONCE) await flush();
    }
    await flush();
    return { received, sent };
  }
}

/** What an entry saved of the conversation is left out: it follows from the log. */
function erasureOf(entry: EntryDocument, erased: Erased): mongo.AnyBulkWriteOperation<EntryDocument> {
  const { _id, tenantId, conversationId, seq, actor } = entry;
  const events = entry.events.map((event) => erasedEvent(event, erased));
  const mayKeepText = events.some((event, index) => event === entry.events[index] && 'text' in event.data);
  return {
    updateOne: {
      filter: { _id, tenantId, conversationId, seq },
      update: {
        $set: { events, ...(actor.kind === 'contact' ? { actor: { kind: actor.kind, id: actor.id } } : {}) },
        $unset: { state: '', ...(mayKeepText ? {} : { text: '', tokens: '' }) },
      },
    },
  };
}
