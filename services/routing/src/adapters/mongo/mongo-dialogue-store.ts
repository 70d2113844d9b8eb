import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock } from '@partyline/kernel';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import {
  dialogueKey,
  DialogueStore,
  type DialogueKey,
  type DialogueSave,
  type StoredDialogue,
} from '../../application/dialogue-store.js';
import { dialoguesOf, type DialogueDocument } from './collections.js';
import { databaseOf } from './database.js';

@Injectable()
export class MongoDialogueStore extends DialogueStore {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async load(keys: readonly DialogueKey[]): Promise<Map<string, StoredDialogue>> {
    if (keys.length === 0) return new Map();
    const found = await this.collection
      .find({ $or: keys.map(({ tenantId, number, peer }) => ({ tenantId, number, peer })) })
      .toArray();
    return new Map(
      found.map(({ revision, menuId, optionKey, lastTextAt, greetedAt, closedReplyAt, recent, ...key }) => [
        dialogueKey(key),
        { revision, dialogue: { menuId, optionKey, lastTextAt, greetedAt, closedReplyAt, recent } },
      ]),
    );
  }

  override async save(saves: readonly DialogueSave[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const save of saves) if (!(await this.saveOne(save))) lost.add(dialogueKey(save));
    return lost;
  }

  /** The unique key and the revision together let exactly one of two replicas through. */
  private async saveOne({ tenantId, number, peer, dialogue, basedOn }: DialogueSave): Promise<boolean> {
    const next = { ...dialogue, revision: basedOn + 1, changedAt: this.clock.now() };
    if (basedOn > 0) {
      const written = await this.collection.updateOne(
        { tenantId, number, peer, revision: basedOn },
        { $set: next },
      );
      return written.matchedCount === 1;
    }
    try {
      await this.collection.insertOne({ tenantId, number, peer, ...next });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private get collection(): mongo.Collection<DialogueDocument> {
    return dialoguesOf(databaseOf(this.connection));
  }
}
