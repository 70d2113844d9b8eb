import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { Bookkeeping, DELIVERY_SILENCE_MS, type EntryPlace } from '../bookkeeping.js';
import { ConversationLog } from '../log/conversation-log.js';
import { replay } from '../log/replay.js';
import { Outbox } from '../outbox.js';

/** An entry that is not published after this long was left behind by a crash, or by a bus that was away. */
const LEFT_BEHIND_MS = 2_000;
/** Entries looked at in one sweep. */
const PORTION = 500;
const LONGEST_SILENCE_MS = 600_000;
/** How far the clocks of two replicas may differ before one of them is wrong. */
const CLOCKS_MS = 60_000;

/** Finishes what others began: entries that were committed but not shown or not told, and replies nobody spoke of. */
@Injectable()
export class RelayEntries {
  constructor(
    private readonly log: ConversationLog,
    private readonly bookkeeping: Bookkeeping,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Gives how many entries it took up. */
  async publishLeftBehind(): Promise<number> {
    const now = this.clock.now();
    const committed = { before: after(now, -LEFT_BEHIND_MS), beyond: after(now, CLOCKS_MS) };
    const places = await this.bookkeeping.leftBehind(committed, PORTION);
    if (places.length === 0) return 0;
    await this.each(byConversation(places), async (entries) => {
      const items = await replay(this.log, entries);
      failpoint('inbox.left-behind-repaired');
      await this.outbox.announceAgain(items, '');
      failpoint('inbox.left-behind-told');
    });
    return places.length;
  }

  /** Delivery is told again of replies that it has not spoken of, at growing intervals. */
  async remindDelivery(): Promise<number> {
    const now = this.clock.now();
    const due = { before: now.toISOString(), beyond: after(now, LONGEST_SILENCE_MS + CLOCKS_MS) };
    const entries = await this.bookkeeping.unheard(due, PORTION);
    await this.each(entries, async (entry) => {
      const items = await replay(this.log, [entry]);
      await this.outbox.announceAgain(items, `reminder-${entry.tries + 1}`);
      failpoint('inbox.delivery-reminded');
      const silence = Math.min(DELIVERY_SILENCE_MS * 2 ** (entry.tries + 1), LONGEST_SILENCE_MS);
      await this.bookkeeping.askAgain(entry, after(now, silence));
    });
    return entries.length;
  }

  /** One that cannot be helped does not keep the others waiting. Throws in the end, so that somebody hears of it. */
  private async each<T>(all: Iterable<T>, help: (one: T) => Promise<void>): Promise<void> {
    const failures: unknown[] = [];
    for (const one of all) await help(one).catch((error: unknown) => failures.push(error));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} could not be relayed: ${String(failures[0])}`);
  }
}

function byConversation(places: readonly EntryPlace[]): Iterable<EntryPlace[]> {
  const conversations = new Map<string, EntryPlace[]>();
  for (const place of places) {
    const others = conversations.get(place.conversationId);
    if (others) others.push(place);
    else conversations.set(place.conversationId, [place]);
  }
  return conversations.values();
}

const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
