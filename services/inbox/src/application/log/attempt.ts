import type { AppendRequest } from './conversation-log.js';

/** One request on its way into the log. */
export interface Attempt {
  readonly index: number;
  readonly request: AppendRequest;
  tries: number;
}

/** A queue for each conversation, in the order given. */
export function byConversation(requests: readonly AppendRequest[]): Map<string, Attempt[]> {
  const queues = new Map<string, Attempt[]>();
  for (const [index, request] of requests.entries()) {
    const { conversationId } = request.ref;
    const attempt = { index, request, tries: 0 };
    const queue = queues.get(conversationId);
    if (queue) queue.push(attempt);
    else queues.set(conversationId, [attempt]);
  }
  return queues;
}
