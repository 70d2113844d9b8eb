import type { Conversation, TimelineItem } from '@partyline/contracts';
import type { StreamExtent } from '../../domain/stream-position.js';

/** One event of the inbox stream, as far as live views care. */
export type FeedItem = { readonly sequence: number; readonly tenantId: string; readonly inboxId: string } & (
  | {
      readonly kind: 'conversation';
      readonly conversation: Conversation;
      readonly item: TimelineItem;
    }
  | {
      readonly kind: 'cursor';
      readonly userId: string;
      readonly conversationId: string;
      readonly cursor: number;
    }
);

export interface Gap {
  readonly tenantId: string;
  readonly creation: string;
  /** The last sequence that the client has. */
  readonly after: number;
  /** The last one that the gap holds. */
  readonly through: number;
}

/** Reads a part of the inbox stream again. */
export abstract class GapReader {
  /** How far the stream goes now. Throws Refused UNAVAILABLE while that cannot be known. */
  abstract extent(): Promise<StreamExtent>;
  /** What the tenant's gap holds, in order, and then ends; `lost` where not all of it is there any more. */
  abstract read(gap: Gap, signal: AbortSignal): AsyncIterable<FeedItem | 'lost'>;
}
