import type { WantedWords } from '../domain/search-words.js';

export interface MessageQuery {
  readonly tenantId: string;
  /** Where the searcher may look. */
  readonly inboxIds: readonly string[];
  readonly wanted: WantedWords;
  /** Conversations, not messages: each is found once, by the newest text in it. */
  readonly limit: number;
}

export interface MessageHit {
  readonly conversationId: string;
  readonly seq: number;
  readonly at: string;
  readonly text: string;
}

export interface MessageHits {
  /** The newest first. */
  readonly hits: readonly MessageHit[];
  /** False: there was no time to look further back, so older ones may be missing. */
  readonly complete: boolean;
}

/** What was written, by its words. */
export abstract class MessageSearch {
  abstract find(query: MessageQuery): Promise<MessageHits>;
}
