import { isFailure, isFinal, isForward, type ConversationEvent, type Person } from '@partyline/contracts';
import { consented, tagged } from './apply-marks.js';
import {
  ATTENTION_KEPT,
  type ConversationState,
  type Entry,
  type ExistingConversation,
  type OpenConversation,
  type Unsettled,
  UNSETTLED_KEPT,
} from './conversation.js';
import { previewOfMessage, previewOfNote } from './preview.js';

type Event<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** The state after one more entry. The whole truth about a conversation is this, folded over its log. */
export function applyEntry(state: ConversationState, entry: Entry): ExistingConversation {
  const opened = state.status === 'none' ? create(entry) : { ...state, seq: entry.seq };
  return entry.events.reduce<ExistingConversation>(
    (current, event) => applyEvent(current, event, entry),
    opened,
  );
}

export const fold = (entries: readonly Entry[], from: ConversationState): ConversationState =>
  entries.reduce<ConversationState>(applyEntry, from);

function create(entry: Entry): OpenConversation {
  const [first] = entry.events;
  if (first?.type !== 'conversation.created') {
    throw new Error(`The log of ${entry.conversationId} does not begin with conversation.created`);
  }
  return {
    id: entry.conversationId,
    inboxId: entry.inbox.id,
    inboxKind: entry.inbox.kind,
    number: first.data.number,
    peers: first.data.peers,
    contactName: first.data.contactName,
    status: 'open',
    snoozed: null,
    tags: [],
    owner: null,
    lastOwner: null,
    waitingSince: entry.at,
    epoch: 0,
    seq: entry.seq,
    attention: [],
    lastInboundSeq: 0,
    lastInboundAt: null,
    channel: null,
    unsettled: [],
    lastOutboundId: null,
    failed: false,
    optedOut: [],
    preview: null,
    lastActivityAt: entry.at,
    changedBy: actingPerson(entry),
    changedAt: entry.at,
  };
}

/** Adding a kind of event to the contract makes this fail to compile until it is said what it means. */
function applyEvent(
  state: ExistingConversation,
  event: ConversationEvent,
  entry: Entry,
): ExistingConversation {
  switch (event.type) {
    case 'conversation.created':
      return open(state, null, entry);
    case 'conversation.assigned':
      return event.data.cause === 'claim'
        ? { ...open(state, event.data.owner, entry), attention: [] }
        : open(state, event.data.owner, entry, {
            attention: event.data.cause === 'admin' || event.data.rule !== undefined,
          });
    case 'conversation.transferred':
      return open(state, event.data.to, entry, { attention: true });
    case 'conversation.returned':
      return open(state, null, entry, { attention: true });
    case 'conversation.reopened':
      return open(state, event.data.owner, entry, { attention: true });
    case 'conversation.done':
      return {
        ...state,
        ...changed(state, entry),
        status: 'done',
        snoozed: null,
        owner: null,
        lastOwner: state.owner ?? state.lastOwner,
        waitingSince: null,
        attention: [],
      };
    case 'conversation.snoozed':
      return snoozed(state, event.data.until, entry);
    case 'conversation.woken':
      return woken(state, event.data.cause, entry);
    case 'conversation.tagged':
      return tagged(state, event.data);
    case 'message.received':
      return received(state, event, entry);
    case 'message.queued':
      return queued(state, event, entry);
    case 'message.status':
      return settled(state, event);
    case 'note.added':
      return { ...state, lastActivityAt: entry.at, preview: previewOfNote(event.data.text, entry.at) };
    case 'consent.changed':
      return consented(state, event.data);
    case 'contact.named':
      return { ...state, contactName: event.data.contactName };
    case 'conversation.erased':
      return { ...state, contactName: event.data.contactName, preview: null };
    default:
      return event satisfies never;
  }
}

/** A change of owner or status: it counts up the epoch, and says by whom and when. */
function changed(state: ExistingConversation, entry: Entry) {
  return {
    epoch: state.epoch + 1,
    changedBy: actingPerson(entry),
    changedAt: entry.at,
    lastActivityAt: entry.at,
  };
}

function open(
  state: ExistingConversation,
  owner: Person | null,
  entry: Entry,
  news: { attention: boolean } = { attention: false },
): OpenConversation {
  return {
    ...state,
    ...changed(state, entry),
    status: 'open',
    // Whoever gets it, or puts it back, has it in the active lists.
    snoozed: null,
    owner,
    lastOwner: owner ?? state.owner ?? state.lastOwner,
    waitingSince: owner ? null : entry.at,
    attention: news.attention ? withAttention(state, entry.seq) : state.attention,
  };
}

function snoozed(state: ExistingConversation, until: string | null, entry: Entry): ExistingConversation {
  if (state.status === 'done') return state;
  return {
    ...state,
    ...changed(state, entry),
    snoozed: { until, by: actingPerson(entry), at: entry.at },
    waitingSince: null,
    attention: [],
  };
}

/** Its time is news to whoever it comes back to; a text of the customer is news by itself. */
function woken(
  state: ExistingConversation,
  cause: Event<'conversation.woken'>['data']['cause'],
  entry: Entry,
): ExistingConversation {
  if (state.status === 'done') return state;
  return {
    ...state,
    ...changed(state, entry),
    snoozed: null,
    waitingSince: state.owner ? null : entry.at,
    attention: cause === 'time' ? withAttention(state, entry.seq) : state.attention,
  };
}

function received(
  state: ExistingConversation,
  event: Event<'message.received'>,
  entry: Entry,
): ExistingConversation {
  const { carrier, accountId, text, media, receivedAt } = event.data;
  const facts = {
    lastInboundSeq: entry.seq,
    lastInboundAt: receivedAt,
    channel: { carrier, accountId },
    lastActivityAt: entry.at,
    preview: previewOfMessage({ text, media, from: 'contact', at: entry.at }),
  };
  // Only a STOP finds it snoozed still: that is kept, and wakes nobody.
  if (state.status === 'done' || state.snoozed) return { ...state, ...facts };
  return {
    ...state,
    ...facts,
    attention: withAttention(state, entry.seq),
    waitingSince: state.owner ? null : (state.waitingSince ?? entry.at),
  };
}

function queued(
  state: ExistingConversation,
  event: Event<'message.queued'>,
  entry: Entry,
): ExistingConversation {
  const { messageId, carrier, accountId, text, media, origin } = event.data;
  const facts = {
    channel: { carrier, accountId },
    unsettled: keepLatest([...state.unsettled, { messageId, status: 'queued' as const }]),
    lastOutboundId: messageId,
    failed: false,
    lastActivityAt: entry.at,
    preview: previewOfMessage({ text, media, from: 'us', at: entry.at }),
  };
  // Nobody ever owns a conversation of an `everyone` inbox: there, an answer of a person ends the waiting.
  const answered = state.inboxKind === 'everyone' && origin === 'person';
  return state.status === 'open' && answered
    ? { ...state, ...facts, waitingSince: null }
    : { ...state, ...facts };
}

/** Many carriers never tell more than `sent`: of those nothing is missed. What did not get that far is still waited for. */
function keepLatest(unsettled: readonly Unsettled[]): readonly Unsettled[] {
  if (unsettled.length <= UNSETTLED_KEPT) return unsettled;
  const sent = unsettled.findIndex(({ status }) => status === 'sent');
  return unsettled.toSpliced(Math.max(sent, 0), 1);
}

function settled(state: ExistingConversation, event: Event<'message.status'>): ExistingConversation {
  const { messageId, status } = event.data;
  const known = state.unsettled.find((message) => message.messageId === messageId);
  if (!known || !isForward(known.status, status)) return state;
  return {
    ...state,
    unsettled: isFinal(status)
      ? state.unsettled.filter((message) => message.messageId !== messageId)
      : state.unsettled.map((message) => (message === known ? { messageId, status } : message)),
    failed: messageId === state.lastOutboundId ? isFailure(status) : state.failed,
  };
}

function withAttention(state: ExistingConversation, seq: number): readonly number[] {
  return state.attention.at(-1) === seq ? state.attention : [...state.attention, seq].slice(-ATTENTION_KEPT);
}

const actingPerson = ({ actor }: Entry): Person | null =>
  actor.kind === 'user' ? { id: actor.id, name: actor.name ?? actor.id } : null;

/** New activity is never one's own act: who made this entry has read it, where it counts as new at all. */
export function readBy(entry: Entry, state: ExistingConversation): string | null {
  return entry.actor.kind === 'user' && state.attention.includes(entry.seq) ? entry.actor.id : null;
}
