import type { mongo } from 'mongoose';
import type { Projected } from '../../application/log/conversation-log.js';
import { projectedFields, waitsForOwner } from './conversation-document.js';
import { cursorPath } from './cursor-path.js';
import type { ConversationDocument } from './documents.js';

type Write = mongo.AnyBulkWriteOperation<ConversationDocument>;

/**
 * Shows the last state of each conversation, where an older one is shown. Who made an entry that counts as new
 * activity has read it; that moves the cursor even where somebody showed a newer state meanwhile.
 */
export function projectionWrites(items: readonly Projected[]): Write[] {
  const last = new Map(items.map((item) => [item.entry.conversationId, item]));
  return [...[...last.values()].map(showing), ...items.flatMap(reading)];
}

function showing({ entry: { tenantId, conversationId: _id }, state }: Projected): Write {
  const marks = {
    ...(waitsForOwner(state) ? { waiting: true as const } : {}),
    ...(state.snoozed?.until ? { wakeAt: state.snoozed.until } : {}),
  };
  return {
    updateOne: {
      filter: { _id, tenantId, seq: { $lt: state.seq } },
      update: {
        $set: { ...projectedFields(state), ...marks },
        $unset: {
          ...('waiting' in marks ? {} : { waiting: '' as const }),
          ...(state.tags.length > 0 ? {} : { tags: '' as const }),
          ...('wakeAt' in marks ? {} : { wakeAt: '' as const }),
        },
      },
      upsert: true,
    },
  };
}

function reading({ entry: { tenantId, conversationId: _id, seq }, readBy }: Projected): Write[] {
  if (readBy === null) return [];
  return [{ updateOne: { filter: { _id, tenantId }, update: { $max: { [cursorPath(readBy)]: seq } } } }];
}
