import { fail } from '@partyline/kernel';
import type { Command, PersonCommand, Start } from '../commands.js';
import type { ConversationState } from '../conversation.js';
import { NOT_FOUND } from '../errors.js';
import { canSee, type Surroundings } from '../inbox.js';
import type { Case, Decision } from './decision.js';
import { decideConsent, decideErase, decideNameContact, decideReceive, decideStatus } from './inbound.js';
import { decideCloseMenu, decideComplete, decideReopen } from './lifecycle.js';
import { decideNote, decideReply, decideStart } from './outbound.js';
import { decideSnooze, decideWake, decideWakeDue } from './snoozing.js';
import { decideTag } from './tagging.js';
import {
  decideAssign,
  decideAutoAssign,
  decideClaim,
  decideRelease,
  decideReturn,
  decideTransfer,
} from './ownership.js';

/**
 * What a command amounts to in this state of a conversation: the events to append, none where nothing is left to do,
 * or why it is refused. Pure: the same arguments always decide the same, so a decision can be made again whenever
 * another entry got in first.
 */
export function decide(state: ConversationState, command: Command, around: Surroundings): Decision {
  switch (command.type) {
    case 'receive':
      return decideReceive(state, command, around);
    case 'release':
      return decideRelease(state, command);
    case 'auto-assign':
      return decideAutoAssign(state, command, around);
    case 'wake-due':
      return decideWakeDue(state, command);
    case 'close-menu':
      return decideCloseMenu(state, command);
    case 'status':
      return decideStatus(state, command);
    case 'consent':
      return decideConsent(state, command);
    case 'name-contact':
      return decideNameContact(state, command);
    case 'erase':
      return decideErase(state, command);
    case 'start':
      return decideStart(state, command, around);
    case 'claim':
    case 'assign':
    case 'transfer':
    case 'return':
    case 'complete':
    case 'reopen':
    case 'reply':
    case 'note':
    case 'tag':
    case 'snooze':
    case 'wake':
      return decideForPerson(state, command, around);
    default:
      return command satisfies never;
  }
}

function decideForPerson(
  state: ConversationState,
  command: Exclude<PersonCommand, Start>,
  around: Surroundings,
): Decision {
  const viewer = around.people.get(command.by);
  if (state.status === 'none' || !canSee(viewer, around.inbox)) return fail(NOT_FOUND);
  const at: Case = { state, viewer, inbox: around.inbox, around };
  switch (command.type) {
    case 'claim':
      return decideClaim(at, command);
    case 'assign':
      return decideAssign(at, command);
    case 'transfer':
      return decideTransfer(at, command);
    case 'return':
      return decideReturn(at, command);
    case 'complete':
      return decideComplete(at, command);
    case 'reopen':
      return decideReopen(at, command);
    case 'reply':
      return decideReply(at, command);
    case 'note':
      return decideNote(at, command);
    case 'tag':
      return decideTag(at, command);
    case 'snooze':
      return decideSnooze(at, command);
    case 'wake':
      return decideWake(at, command);
    default:
      return command satisfies never;
  }
}
