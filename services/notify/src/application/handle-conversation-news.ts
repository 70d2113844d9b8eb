import { Injectable } from '@nestjs/common';
import type { Settlement } from '@partyline/bus';
import type { Conversation, ConversationEvent, Envelope } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { waitingSince, type WaitState } from '../domain/alert.js';
import type { Inbox } from '../domain/inbox.js';
import type { Person } from '../domain/person.js';
import { DEFAULT_PREFERENCES, wants, type Preferences } from '../domain/preferences.js';
import { recipients, type News } from '../domain/recipients.js';
import { customer, wordsFor } from '../domain/wording.js';
import { InboxStore } from './inbox-store.js';
import { newNotification, type NewNotification } from './new-notification.js';
import { PeopleStore } from './people-store.js';
import { PreferencesStore } from './preferences-store.js';
import { TellPeople } from './tell-people.js';
import { WatchWaiting } from './watch-waiting.js';

/** A published conversation event, its data as it stands in the log. */
export interface ConversationNews {
  readonly envelope: Omit<Envelope, 'data'>;
  readonly event: ConversationEvent;
  readonly conversation: Conversation;
}

/** A new inbox and its first text come over two streams: for so long the text waits for its inbox. */
const INBOX_PATIENCE_MS = 60_000;
const INBOX_RETRY_MS = 1000;

interface Knowledge {
  readonly inboxes: ReadonlyMap<string, Inbox>;
  readonly people: ReadonlyMap<string, Person>;
  readonly preferences: ReadonlyMap<string, Preferences>;
}

/** What happened in conversations: tells who is to be told, and follows who waits. Repeatable. */
@Injectable()
export class HandleConversationNews {
  constructor(
    private readonly inboxes: InboxStore,
    private readonly people: PeopleStore,
    private readonly preferences: PreferencesStore,
    private readonly tellPeople: TellPeople,
    private readonly watchWaiting: WatchWaiting,
    private readonly clock: Clock,
  ) {}

  async execute(batch: readonly ConversationNews[]): Promise<readonly Settlement[]> {
    await this.watchWaiting.execute(newestStates(batch));
    const knowledge = new Map<string, Knowledge>();
    for (const tenantId of new Set(batch.map(({ envelope }) => envelope.tenantId))) {
      knowledge.set(tenantId, await this.know(tenantId, batch));
    }
    const notifications: NewNotification[] = [];
    const settlements = batch.map((news): Settlement => {
      const known = knowledge.get(news.envelope.tenantId);
      const inbox = known?.inboxes.get(news.conversation.inboxId);
      if (known && inbox) {
        notifications.push(...this.notificationsFor(news, inbox, known));
        return { kind: 'ack' };
      }
      const ageMs = this.clock.now().getTime() - Date.parse(news.envelope.occurredAt);
      return ageMs < INBOX_PATIENCE_MS ? { kind: 'retry', delayMs: INBOX_RETRY_MS } : { kind: 'ack' };
    });
    await this.tellPeople.execute(notifications);
    return settlements;
  }

  private async know(tenantId: string, batch: readonly ConversationNews[]): Promise<Knowledge> {
    const own = batch.filter(({ envelope }) => envelope.tenantId === tenantId);
    const inboxes = await this.inboxes.find(tenantId, [
      ...new Set(own.map(({ conversation }) => conversation.inboxId)),
    ]);
    const userIds = new Set([...inboxes.values()].flatMap(({ memberIds }) => memberIds));
    for (const { conversation } of own) if (conversation.owner) userIds.add(conversation.owner.id);
    for (const { event } of own) for (const userId of namedIn(event)) userIds.add(userId);
    const ids = [...userIds];
    return {
      inboxes,
      people: await this.people.find(tenantId, ids),
      preferences: await this.preferences.find(tenantId, ids),
    };
  }

  private notificationsFor(
    { envelope, event, conversation }: ConversationNews,
    inbox: Inbox,
    { people, preferences }: Knowledge,
  ): NewNotification[] {
    const news: News = { event, conversation, actor: envelope.actor };
    return recipients(news, inbox, (userId) => people.get(userId))
      .filter(({ userId, kind }) => wants(preferences.get(userId) ?? DEFAULT_PREFERENCES, kind, inbox.id))
      .map(({ userId, kind }) =>
        newNotification(envelope.tenantId, envelope.id, envelope.correlationId, {
          userId,
          kind,
          conversationId: conversation.id,
          inboxId: inbox.id,
          ...wordsFor(kind, news, inbox),
          at: envelope.occurredAt,
        }),
      );
  }
}

/** The people whom an event itself names as the new owner. */
function namedIn(event: ConversationEvent): string[] {
  if (event.type === 'conversation.assigned') return [event.data.owner.id];
  if (event.type === 'conversation.transferred') return [event.data.to.id];
  return event.type === 'conversation.reopened' && event.data.owner ? [event.data.owner.id] : [];
}

/** The last state of each conversation of the batch. */
function newestStates(batch: readonly ConversationNews[]): WaitState[] {
  const newest = new Map<string, WaitState>();
  for (const { envelope, conversation } of batch) {
    const { tenantId } = envelope;
    const key = `${tenantId}\n${conversation.id}`;
    if ((newest.get(key)?.seq ?? 0) > conversation.seq) continue;
    newest.set(key, {
      tenantId,
      conversationId: conversation.id,
      inboxId: conversation.inboxId,
      epoch: conversation.epoch,
      seq: conversation.seq,
      waitingSince: waitingSince(conversation),
      title: customer(conversation),
    });
  }
  return [...newest.values()];
}
