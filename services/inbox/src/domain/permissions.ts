import type { ExistingConversation } from './conversation.js';
import { refuse, type DomainError } from './errors.js';
import { canOwn, isAdmin, isOut, type Inbox, type Member } from './inbox.js';

/**
 * Who may do what, one guard for each action: null, or why not. Decisions and screens ask the same guards, so that
 * what is offered is what is accepted.
 */
export interface Viewing {
  readonly state: ExistingConversation;
  readonly viewer: Member;
  readonly inbox: Inbox;
}
export type Guard = (viewing: Viewing) => DomainError | null;

const isDone = refuse('DONE', 'This conversation is done. Reopen it first.');
const noGroupMember = ({ inbox }: Viewing) =>
  refuse('NOT_MEMBER', `You are not in the group of ${inbox.name}; assign it to somebody who is.`);
const noPermission = (what: string) => refuse('FORBIDDEN', `Your role does not allow you to ${what}.`);

const outOfOffice = (inbox: Inbox) =>
  refuse(
    'FORBIDDEN',
    `You are out of office, and whoever is has no conversations in ${inbox.name}. Set yourself to available first.`,
  );

export const owns = ({ state, viewer }: Viewing): boolean => state.owner?.id === viewer.id;

/** Ownership changes hands in shared inboxes only. */
const mayChangeHands: Guard = ({ state }) => {
  if (state.inboxKind === 'everyone')
    return refuse('FORBIDDEN', 'Nobody owns these conversations: just reply.');
  if (state.inboxKind === 'member') return refuse('FORBIDDEN', 'These texts go to one person alone.');
  return null;
};

/** Assign to Me; an Admin may take another's too. */
export const mayClaim: Guard = (viewing) => {
  const { state, viewer, inbox } = viewing;
  if (state.status === 'done') return isDone;
  if (owns(viewing)) return null;
  if (state.owner && !isAdmin(viewer)) {
    return refuse('ASSIGNED_TO_OTHER', `Assigned to ${state.owner.name}. Only an Admin can reassign.`);
  }
  return mayChangeHands(viewing) ?? mayTakeUp({ state, viewer, inbox });
};

/** Whether they may become the owner of something that nobody keeps from them. */
const mayTakeUp: Guard = (viewing) => {
  const { viewer, inbox } = viewing;
  if (!viewer.permissions.has('claim') && !isAdmin(viewer)) return noPermission('take conversations');
  if (!inbox.memberIds.has(viewer.id)) return noGroupMember(viewing);
  if (isOut(viewer, inbox)) return outOfOffice(inbox);
  return canOwn(viewer, inbox) ? null : noPermission('reply, so you cannot take conversations');
};

/** Assign… to anybody in the group. */
export const mayAssign: Guard = (viewing) => {
  if (!isAdmin(viewing.viewer))
    return refuse('FORBIDDEN', 'Only an Admin can assign conversations to others.');
  return viewing.state.status === 'done' ? isDone : mayChangeHands(viewing);
};

const mustOwn: Guard = (viewing) => {
  const { state } = viewing;
  if (state.status === 'done') return isDone;
  if (owns(viewing)) return null;
  return state.owner
    ? refuse('NOT_OWNER', `${state.owner.name} is handling this.`)
    : refuse('NOT_OWNER', 'Assign it to yourself first.');
};

export const mayTransfer: Guard = (viewing) => {
  if (!viewing.viewer.permissions.has('transfer')) return noPermission('transfer conversations');
  return mayChangeHands(viewing) ?? mustOwn(viewing);
};

export const mayReturn: Guard = (viewing) => {
  const { state, viewer } = viewing;
  if (!isAdmin(viewer) && !viewer.permissions.has('return')) return noPermission('return conversations');
  const fixed = mayChangeHands(viewing);
  if (fixed) return fixed;
  if (state.status === 'open' && !state.owner) {
    return refuse('NOT_OWNER', 'Nobody has it: it is in Unassigned already.');
  }
  return isAdmin(viewer) && state.status === 'open' ? null : mustOwn(viewing);
};

export const mayComplete: Guard = (viewing) => {
  const { state, viewer } = viewing;
  if (!isAdmin(viewer) && !viewer.permissions.has('done')) return noPermission('mark conversations as done');
  const anybodys = isAdmin(viewer) || state.inboxKind === 'everyone';
  return state.status === 'open' && anybodys ? null : mustOwn(viewing);
};

/** Set aside, or take up again: whoever could mark it as done. */
export const maySnooze: Guard = (viewing) => {
  const { state, viewer } = viewing;
  if (!isAdmin(viewer) && !viewer.permissions.has('done')) return noPermission('snooze conversations');
  const anybodys = isAdmin(viewer) || state.inboxKind === 'everyone';
  return state.status === 'open' && anybodys ? null : mustOwn(viewing);
};

export const mayReopen: Guard = (viewing) => {
  const { state, viewer, inbox } = viewing;
  if (!isAdmin(viewer) && !viewer.permissions.has('reopen')) return noPermission('reopen conversations');
  if (state.status === 'open') return refuse('ALREADY_OPEN', 'This conversation is open already.');
  if (state.inboxKind === 'member') return null;
  if (!inbox.memberIds.has(viewer.id)) return noGroupMember(viewing);
  if (isOut(viewer, inbox)) return outOfOffice(inbox);
  return canOwn(viewer, inbox)
    ? null
    : noPermission('reply, so you cannot reopen conversations for yourself');
};

const maySend: Guard = ({ state, viewer }) => {
  if (!viewer.permissions.has('reply')) return noPermission('reply');
  return state.optedOut.length === 0 ? null : optedOut(state.optedOut);
};

export const optedOut = (peers: readonly string[]): DomainError =>
  refuse(
    'OPTED_OUT',
    `${peers.join(', ')} opted out of texts from this number, so nothing can be sent to them.`,
  );

export const mayReply: Guard = (viewing) => {
  const { state, viewer, inbox } = viewing;
  if (state.inboxKind !== 'everyone') return mustOwn(viewing) ?? maySend(viewing);
  if (state.status === 'done') return isDone;
  return inbox.memberIds.has(viewer.id) ? maySend(viewing) : noGroupMember(viewing);
};

/** Assign & send: what nobody owns yet. */
export const mayClaimAndReply: Guard = (viewing) => {
  const { state } = viewing;
  if (state.status === 'open' && state.owner && !owns(viewing)) {
    return refuse('ASSIGNED_TO_OTHER', `Assigned to ${state.owner.name}. Only an Admin can reassign.`);
  }
  return mayClaim(viewing) ?? maySend(viewing);
};

export const mayNote: Guard = ({ viewer }) =>
  viewer.permissions.has('note') ? null : noPermission('add notes');

/** Put tags on and take them off: whoever may add notes, whosever it is. */
export const mayTag: Guard = ({ viewer }) =>
  viewer.permissions.has('note') ? null : noPermission('tag conversations');

/** Writing first, in an inbox of the group. There may be no conversation yet. */
export function mayStart(viewer: Member, inbox: Inbox): DomainError | null {
  if (!viewer.permissions.has('start')) return noPermission('start conversations');
  if (!viewer.permissions.has('reply')) return noPermission('reply');
  if (!inbox.memberIds.has(viewer.id))
    return refuse('NOT_MEMBER', `You are not in the group of ${inbox.name}, so you cannot write from it.`);
  return isOut(viewer, inbox) ? outOfOffice(inbox) : null;
}
