import type { OutgoingEvent } from '@partyline/bus';
import {
  ConversationAssigned,
  ConversationTransferred,
  MessageReceived,
  type Actor,
  type Conversation,
  type EventDefinition,
  type Published,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventOf } from '@partyline/testing';

const NUMBER = '+12125550102';
const PEER = '+14155550100';

/** A conversation that a customer has just begun in the inbox Sales. */
export function newConversation(over: Partial<Conversation> = {}): Conversation {
  const now = new Date().toISOString();
  return {
    id: newId('cv'),
    inboxId: 'ring_group-sales',
    inboxKind: 'shared',
    number: NUMBER,
    peers: [PEER],
    contactName: null,
    status: 'open',
    owner: null,
    lastOwner: null,
    epoch: 0,
    seq: 1,
    attention: [1],
    lastInboundSeq: 1,
    preview: { text: 'hello', from: 'contact', at: now },
    waitingSince: now,
    lastActivityAt: now,
    changedBy: null,
    changedAt: now,
    optedOut: false,
    failed: false,
    ...over,
  };
}

function published<D>(
  definition: EventDefinition<Published<D>>,
  conversation: Conversation,
  event: D,
  actor: Actor,
): OutgoingEvent {
  const outgoing = eventOf(definition, 'demo', { index: 0, event, conversation }, conversation.inboxId);
  const { id: aggregateId, seq, epoch } = conversation;
  return { ...outgoing, envelope: { ...outgoing.envelope, aggregateId, seq, epoch, actor } };
}

export function textReceived(conversation: Conversation, text = 'hello'): OutgoingEvent {
  const event = {
    messageId: newId('ms'),
    receiptId: newId('rc'),
    carrier: 'simulator',
    accountId: 'demo-simulator',
    from: PEER,
    to: NUMBER,
    text,
    media: [],
    receivedAt: new Date().toISOString(),
    keyword: null,
    trace: [],
  };
  return published(MessageReceived, conversation, event, { kind: 'contact', id: PEER });
}

const person = (id: string) => ({ id, name: `${id} the user` });

const next = (conversation: Conversation, ownerId: string): Conversation => ({
  ...conversation,
  owner: person(ownerId),
  waitingSince: null,
  seq: conversation.seq + 1,
  epoch: conversation.epoch + 1,
});

export function claimed(
  conversation: Conversation,
  by: string,
): { event: OutgoingEvent; conversation: Conversation } {
  const after = next(conversation, by);
  const event = published(
    ConversationAssigned,
    after,
    { owner: person(by), cause: 'claim' },
    { kind: 'user', ...person(by) },
  );
  return { event, conversation: after };
}

/** As an inbox gives it out by its rule. */
export function givenOut(conversation: Conversation, to: string): OutgoingEvent {
  return published(
    ConversationAssigned,
    next(conversation, to),
    { owner: person(to), cause: 'direct', rule: 'round_robin' },
    { kind: 'system', id: 'inbox' },
  );
}

export function transferred(conversation: Conversation, from: string, to: string): OutgoingEvent {
  return published(
    ConversationTransferred,
    next(conversation, to),
    { from: person(from), to: person(to) },
    { kind: 'user', ...person(from) },
  );
}
