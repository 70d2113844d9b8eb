import type { ConversationEvent, Keyword } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import type {
  KnownOptOut,
  Erase,
  NameContact,
  Place,
  ReceiveMessage,
  RecordConsent,
  RecordStatus,
} from '../commands.js';
import { consentWordIn, saidAt, wasHeldUp, type ConsentWord } from '../consent.js';
import type { ConversationState, DoneConversation } from '../conversation.js';
import { isForward } from '@partyline/contracts';
import { canOwn, personOf, soleMember, type Surroundings } from '../inbox.js';
import { answerTo } from '../keyword-answers.js';
import { behind } from './behind.js';
import { assigned, NOTHING_TO_DO, type Decision } from './decision.js';
import { reopened } from './lifecycle.js';
import { woken } from './snoozing.js';

/** Rows 1, 2 and 3: whatever state it finds, a customer's text lands. */
export function decideReceive(
  state: ConversationState,
  command: ReceiveMessage,
  around: Surroundings,
): Decision {
  const word = consentWordIn(command.message, command.languages);
  const before = opening(state, command, around, word);
  const consent = consentChange(state, command, word);
  return ok([
    ...before,
    { type: 'message.received', data: { ...received(command), keyword: word?.keyword ?? null } },
    ...(consent ? [consentChanged(consent)] : []),
    ...(word === null ? greeting(state, command) : keywordAnswer(state, command, word, consent)),
  ]);
}

/** What a welcome menu says, but not to who wants no texts. */
function greeting(state: ConversationState, command: ReceiveMessage): readonly ConversationEvent[] {
  const { autoReply, place } = command;
  return autoReply && !isOptedOut(state, command)
    ? [sentByItself(state, command, autoReply, place.peers)]
    : [];
}

/**
 * STOP and START are confirmed where they change something: once, however often they are said. Who asks for help gets
 * some each time. Only to who wrote it: of a group the others said nothing.
 */
function keywordAnswer(
  state: ConversationState,
  command: ReceiveMessage,
  word: ConsentWord,
  consent: Consent | null,
): readonly ConversationEvent[] {
  const { keywordAnswer: answer, message } = command;
  if (!answer || isOutdated(state, message)) return [];
  if (consent === null && word.keyword !== 'help') return [];
  const text = answerTo(word, answer.settings);
  return [
    sentByItself(state, command, { messageId: answer.messageId, text, keyword: word.keyword }, [
      message.from,
    ]),
  ];
}

/** A word that was held up on its way says nothing of what the customer wants who has written since. */
const isOutdated = (state: ConversationState, message: ReceiveMessage['message']): boolean =>
  wasHeldUp(message) &&
  state.status !== 'none' &&
  state.lastInboundAt !== null &&
  state.lastInboundAt > saidAt(message);

/** What has to happen to the conversation so that a text can stand in it. */
function opening(
  state: ConversationState,
  command: ReceiveMessage,
  around: Surroundings,
  word: ConsentWord | null,
): readonly ConversationEvent[] {
  if (state.status === 'none') {
    const owner = soleMember(around);
    return [...created(command.place, command.optOuts), ...(owner ? [assigned(owner, 'direct')] : [])];
  }
  if (word?.keyword === 'stop') return [];
  if (state.status === 'open') return state.snoozed ? [woken('message')] : [];
  return [reopened('inbound', ownerAfterReopening(state, around))];
}

function ownerAfterReopening(state: DoneConversation, around: Surroundings) {
  if (around.inbox.kind !== 'shared') return soleMember(around);
  if (around.inbox.reopenTo !== 'last_owner' || !state.lastOwner) return null;
  const last = around.people.get(state.lastOwner.id);
  return canOwn(last, around.inbox) && last.availability === 'available' ? personOf(last) : null;
}

/** A new conversation; where the customer had opted out before, it says so from its first entry on. */
export function created(place: Place, optOuts: readonly KnownOptOut[]): readonly ConversationEvent[] {
  const { number, peers, contactName } = place;
  return [
    { type: 'conversation.created', data: { number, peers: [...peers], contactName } },
    ...optOuts.map((known) => consentChanged({ ...known, number, state: 'opted_out' })),
  ];
}

type Consent = Extract<ConversationEvent, { type: 'consent.changed' }>['data'];

const consentChanged = (data: Consent): ConversationEvent => ({ type: 'consent.changed', data });

function isOptedOut(state: ConversationState, { place, optOuts }: ReceiveMessage): boolean {
  return state.status === 'none'
    ? optOuts.some(({ peer }) => place.peers.includes(peer))
    : state.optedOut.length > 0;
}

function consentChange(
  state: ConversationState,
  { message, place, optOuts }: ReceiveMessage,
  word: ConsentWord | null,
): Consent | null {
  if (word === null || word.keyword === 'help') return null;
  const wasOut =
    state.status === 'none'
      ? optOuts.some(({ peer }) => peer === message.from)
      : state.optedOut.includes(message.from);
  const isOut = word.keyword === 'stop';
  if (wasOut === isOut) return null;
  return {
    peer: message.from,
    number: place.number,
    state: isOut ? 'opted_out' : 'opted_in',
    keyword: word.word,
    saidAt: saidAt(message),
    source: 'customer',
  };
}

function received({ message }: ReceiveMessage) {
  return { ...message, media: [...message.media], trace: [...message.trace] };
}

/** No person wrote it. */
function sentByItself(
  state: ConversationState,
  { message, place }: ReceiveMessage,
  reply: { readonly messageId: string; readonly text: string; readonly keyword?: Keyword },
  to: readonly string[],
): ConversationEvent {
  return {
    type: 'message.queued',
    data: {
      messageId: reply.messageId,
      clientMessageId: reply.messageId,
      carrier: message.carrier,
      accountId: message.accountId,
      from: place.number,
      to: [...to],
      text: reply.text,
      media: [],
      origin: 'auto',
      ...(reply.keyword && { keyword: reply.keyword }),
      ...behind(state),
    },
  };
}

/** Statuses only go forward; what is known already, or of a message that is not waited for, changes nothing. */
export function decideStatus(state: ConversationState, command: RecordStatus): Decision {
  if (state.status === 'none') return NOTHING_TO_DO;
  const known = state.unsettled.find(({ messageId }) => messageId === command.messageId);
  if (!known || !isForward(known.status, command.status)) return NOTHING_TO_DO;
  const { messageId, status, errorClass, rawCode, description } = command;
  return ok([{ type: 'message.status', data: { messageId, status, errorClass, rawCode, description } }]);
}

/** Consent is between a number and a peer: every conversation of the two says the same. */
export function decideConsent(state: ConversationState, command: RecordConsent): Decision {
  if (state.status === 'none' || !state.peers.includes(command.peer)) return NOTHING_TO_DO;
  if (state.optedOut.includes(command.peer) === (command.state === 'opted_out')) return NOTHING_TO_DO;
  const { peer, keyword, saidAt, source } = command;
  return ok([consentChanged({ peer, keyword, saidAt, source, state: command.state, number: state.number })]);
}

/** A contact is called the same in every conversation. */
export function decideNameContact(state: ConversationState, { contactName }: NameContact): Decision {
  if (state.status === 'none' || state.contactName === contactName) return NOTHING_TO_DO;
  return ok([{ type: 'contact.named', data: { contactName } }]);
}

/** Said once for each erasure, whatever stands in the conversation now: what was written before it goes. */
export function decideErase(state: ConversationState, command: Erase): Decision {
  if (state.status === 'none') return NOTHING_TO_DO;
  const peers = state.peers.filter((peer) => command.peers.includes(peer));
  if (peers.length === 0) return NOTHING_TO_DO;
  return ok([{ type: 'conversation.erased', data: { peers, contactName: state.contactName } }]);
}
