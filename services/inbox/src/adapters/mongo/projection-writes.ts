import type { mongo } from 'mongoose';
import type { Projected } from '../../application/log/optimistic-conversation-log.js';
import { projectedFields, waitsForOwner } from './conversation-document.js';
import { cursorPath } from './cursor-path.js';
import type { ConversationDocument } from './documents.js';

/**
 * Shows these states, each only where an older one is shown. Who made an entry that counts as new activity has read
 * it; that moves the cursor even where somebody showed a newer state meanwhile.
 */
export function projectionWrites(
  items: readonly Projected[],
): mongo.AnyBulkWriteOperation<ConversationDocument>[] {
  return items.flatMap(({ entry, state, readBy }) => {
    const { tenantId, conversationId: _id } = entry;
    const cursor = readBy === null ? null : { $max: { [cursorPath(readBy)]: entry.seq } };
    const waiting = waitsForOwner(state);
    const show = {
      updateOne: {
        filter: { _id, tenantId, seq: { $lt: state.seq } },
        update: {
          $set: { ...projectedFields(state), ...(waiting ? { waiting: true as const } : {}) },
          ...(waiting ? {} : { $unset: { waiting: '' as const } }),
          ...cursor,
        },
        upsert: true,
      },
    };
    return cursor ? [show, { updateOne: { filter: { _id, tenantId }, update: cursor } }] : [show];
  });
}
