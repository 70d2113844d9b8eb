import type { Erased } from '../../domain/erasure.js';
import type { ConversationRef } from '../log/conversation-log.js';

/** The texts of a conversation that lost their content. */
export interface ErasedTexts {
  readonly received: readonly string[];
  readonly sent: readonly string[];
}

/** Changes entries of the log: nothing else may, and this only takes away. */
export abstract class Erasures {
  /** Takes the content out of all entries before `seq`. Doing it again changes nothing; what it gives is complete then, too. */
  abstract erase(ref: ConversationRef, seq: number, erased: Erased): Promise<ErasedTexts>;
}

/** The other services that keep something of a text. */
export abstract class TextsElsewhere {
  /** Rejects unless all of it is gone there; to be repeated until it is. */
  abstract erase(
    tenantId: string,
    conversationIds: readonly string[],
    texts: readonly ErasedTexts[],
    /** The numbers of who is forgotten. */
    peers: readonly string[],
  ): Promise<void>;
}
