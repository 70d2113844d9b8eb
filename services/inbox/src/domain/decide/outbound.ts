import type { ConversationEvent } from '@partyline/contracts';
import { fail, ok } from '@partyline/kernel';
import type { AddNote, Draft, Reply, Start } from '../commands.js';
import type { Channel, ConversationState } from '../conversation.js';
import { NOT_FOUND, refuse, type DomainError } from '../errors.js';
import { canSee, personOf, type Surroundings } from '../inbox.js';
import { mayClaimAndReply, mayNote, mayReply, mayStart, optedOut, owns } from '../permissions.js';
import { assigned, staleness, type Case, type Decision } from './decision.js';
import { behind } from './behind.js';
import { created } from './inbound.js';
import { reopened } from './lifecycle.js';

/** Characters of one text; carriers refuse more. */
const LONGEST_TEXT = 1600;

/** Row 13; with `claim`, rows 4 and 13 in one entry. */
export function decideReply(at: Case, command: Reply): Decision {
  const taking = command.claim && at.state.inboxKind !== 'everyone' && !owns(at);
  const refusal =
    (taking ? mayClaimAndReply(at) : mayReply(at)) ??
    staleReply(at, command, taking) ??
    unseen(at, command) ??
    faultOf(command.draft) ??
    (at.state.channel ? null : refuse('VALIDATION', 'There is no carrier account to send this through.'));
  if (refusal) return fail(refusal);
  const claim = taking ? [assigned(personOf(at.viewer), 'claim')] : [];
  return ok([...claim, ...queued(command.draft, at.state.channel, at.state, at.state)]);
}

/** A claim needs no epoch: whoever comes second finds an owner. */
function staleReply(at: Case, { expectedEpoch }: Reply, taking: boolean): DomainError | null {
  return taking || expectedEpoch === undefined ? null : staleness(at.state, expectedEpoch);
}

/** What the customer wrote meanwhile may change the answer. */
function unseen({ state }: Case, { seenSeq }: Reply): DomainError | null {
  return seenSeq === undefined || seenSeq >= state.lastInboundSeq
    ? null
    : refuse('NEW_ACTIVITY', 'The customer wrote again while you were writing. Read it, then send.');
}

/** Row 11. */
export function decideStart(state: ConversationState, command: Start, around: Surroundings): Decision {
  const viewer = around.people.get(command.by);
  if (!canSee(viewer, around.inbox)) return fail(NOT_FOUND);
  const refusal =
    mayStart(viewer, around.inbox) ?? notStartable(state, command, around) ?? faultOf(command.draft);
  if (refusal) return fail(refusal);
  const owner = around.inbox.kind === 'everyone' ? null : personOf(viewer);
  const opening =
    state.status === 'none'
      ? [...created(command.place, []), ...(owner ? [assigned(owner, 'claim')] : [])]
      : [reopened('outbound', owner)];
  return ok([...opening, ...queued(command.draft, command.channel, command.place, state)]);
}

function notStartable(
  state: ConversationState,
  { place, optOuts }: Start,
  { inbox }: Surroundings,
): DomainError | null {
  const silent = state.status === 'none' ? optOuts.map(({ peer }) => peer) : state.optedOut;
  if (silent.length > 0) return optedOut(silent);
  if (state.status !== 'open') return null;
  const whose = state.owner ? `assigned to ${state.owner.name}` : 'in Unassigned';
  return refuse(
    'ALREADY_OPEN',
    `${place.peers.join(', ')} has an open conversation in ${inbox.name}, ${whose}.`,
  );
}

/** Row 14. */
export function decideNote(at: Case, { noteId, text }: AddNote): Decision {
  const refusal = mayNote(at);
  if (refusal) return fail(refusal);
  if (text.trim() === '') return fail(refuse('VALIDATION', 'The note is empty: write something first.'));
  return ok([{ type: 'note.added', data: { noteId, text } }]);
}

function faultOf({ text, media }: Draft): DomainError | null {
  if (text.length > LONGEST_TEXT) {
    return refuse(
      'VALIDATION',
      `The text has ${text.length} characters; carriers take ${LONGEST_TEXT}. Shorten it or send it in parts.`,
    );
  }
  if (text.trim() === '' && media.length === 0) {
    return refuse('VALIDATION', 'The text is empty: write something or add a picture.');
  }
  return null;
}

function queued(
  draft: Draft,
  channel: Channel | null,
  route: { readonly number: string; readonly peers: readonly string[] },
  state: ConversationState,
): ConversationEvent[] {
  if (!channel) return [];
  return [
    {
      type: 'message.queued',
      data: {
        ...draft,
        media: [...draft.media],
        carrier: channel.carrier,
        accountId: channel.accountId,
        from: route.number,
        to: [...route.peers],
        origin: 'person',
        ...behind(state),
      },
    },
  ];
}
