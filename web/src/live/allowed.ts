import type { Allowed, Conversation, InboxSummary, Permission } from '@partyline/contracts';
import type { Viewer } from './model.js';

const DONE = 'This conversation is done. Reopen it first.';
const noPermission = (what: string) => `Your role does not allow you to ${what}.`;

/** Asked in this order; the first reason counts, none means allowed. */
type Reason = string | null | false;
const first = (...reasons: Reason[]): true | string =>
  reasons.find((reason) => typeof reason === 'string') || true;

/**
 * What the viewer may do with a conversation now; a string says why not. The inbox service decides, in these words:
 * this mirrors its rules for the moments between a live event, or a command under way, and its next word.
 */
export function allowedFor(c: Conversation, viewer: Viewer, inbox: InboxSummary | null): Allowed {
  const can = (permission: Permission) => viewer.permissions.includes(permission);
  const admin = can('assignAny');
  const done = c.status === 'done';
  const mine = c.owner?.id === viewer.id;
  const other = c.owner && !mine ? c.owner.name : null;
  const inGroup = inbox?.memberIds.includes(viewer.id) ?? true;

  const fixed: Reason =
    c.inboxKind === 'everyone'
      ? 'Nobody owns these conversations: just reply.'
      : c.inboxKind === 'member' && 'These texts go to one person alone.';
  const outside: Reason =
    !inGroup && `You are not in the group of ${inbox?.name ?? 'this inbox'}; assign it to somebody who is.`;
  const notOwner: Reason = done
    ? DONE
    : !mine && (other ? `${other} is handling this.` : 'Assign it to yourself first.');
  const cannotSend: Reason =
    (!can('reply') && noPermission('reply')) ||
    (c.optedOut &&
      `${c.peers.join(', ')} opted out of texts from this number, so nothing can be sent to them.`);
  const taken: Reason = other !== null && !admin && `Assigned to ${other}. Only an Admin can reassign.`;
  const cannotTake = first(
    done && DONE,
    taken,
    fixed,
    !can('claim') && !admin && noPermission('take conversations'),
    outside,
    !can('reply') && noPermission('reply, so you cannot take conversations'),
  );
  const takeReason: Reason = cannotTake === true ? null : cannotTake;
  const already: Reason = mine && !done && 'It is assigned to you already.';

  return {
    assignToMe: first(already, takeReason),
    assign: first(!admin && 'Only an Admin can assign conversations to others.', done && DONE, fixed),
    transfer: first(!can('transfer') && noPermission('transfer conversations'), fixed, notOwner),
    return: first(
      !can('return') && !admin && noPermission('return conversations'),
      fixed,
      !done && !c.owner && 'Nobody has it: it is in Unassigned already.',
      (!admin || done) && notOwner,
    ),
    done: first(
      !can('done') && !admin && noPermission('mark conversations as done'),
      (done || !(admin || c.inboxKind === 'everyone')) && notOwner,
    ),
    snooze: first(
      !can('done') && !admin && noPermission('snooze conversations'),
      (done || !(admin || c.inboxKind === 'everyone')) && notOwner,
    ),
    reopen: first(
      !can('reopen') && !admin && noPermission('reopen conversations'),
      !done && 'This conversation is open already.',
      c.inboxKind !== 'member' && outside,
      c.inboxKind !== 'member' &&
        !can('reply') &&
        noPermission('reply, so you cannot reopen conversations for yourself'),
    ),
    reply:
      c.inboxKind === 'everyone' ? first(done && DONE, outside, cannotSend) : first(notOwner, cannotSend),
    claimAndReply: first(
      already,
      !done && other !== null && `Assigned to ${other}. Only an Admin can reassign.`,
      takeReason,
      cannotSend,
    ),
    tag: first(!can('note') && noPermission('tag conversations')),
    note: first(!can('note') && noPermission('add notes')),
  };
}
