import type { TimelineItem } from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';
import type { LoggedEntry } from '../log/conversation-log.js';

/** The id of one event, the same in the thread, in the trail and on the bus. */
export const eventId = (conversationId: string, seq: number, index: number): string =>
  derivedId('ev', conversationId, String(seq), String(index));

/** An entry's events as a thread shows them. */
export function itemsOf({ conversationId, seq, at, actor, events }: LoggedEntry): TimelineItem[] {
  return events.map((event, index) => ({
    id: eventId(conversationId, seq, index),
    seq,
    index,
    at,
    actor,
    ...event,
  }));
}
