import type { Conversation } from '@partyline/contracts';
import type { Pending, Viewer } from './model.js';

/**
 * What a conversation will look like when the server accepts the pending commands. A command whose ground is gone
 * (a colleague was first) changes nothing: the server is about to refuse it.
 */
export function overlay(
  conversation: Conversation,
  pending: readonly Pending[],
  viewer: Viewer | null,
): Conversation {
  if (!viewer) return conversation;
  return pending.reduce(
    (current, command) =>
      command.conversationId === current.id ? applyPending(current, command, viewer) : current,
    conversation,
  );
}

function applyPending(c: Conversation, command: Pending, viewer: Viewer): Conversation {
  const me = { id: viewer.id, name: viewer.name };
  // Whoever gets it, or puts it back, has it in the active lists.
  const changed = { changedBy: me, changedAt: command.at, snoozed: null };
  const to = command.to ?? me;
  switch (command.kind) {
    case 'claim':
      // An Admin may take another's.
      return c.status === 'open' && (!c.owner || viewer.permissions.includes('assignAny'))
        ? { ...c, ...changed, owner: me, waitingSince: null, attention: [] }
        : c;
    case 'assign':
      return c.status === 'open' ? { ...c, ...changed, owner: to, waitingSince: null, attention: [] } : c;
    case 'transfer':
      return c.status === 'open' && c.owner?.id === viewer.id ? { ...c, ...changed, owner: to } : c;
    case 'return':
      return c.status === 'open' && c.owner
        ? { ...c, ...changed, owner: null, lastOwner: c.owner, waitingSince: command.at }
        : c;
    case 'done':
      return c.status === 'open'
        ? {
            ...c,
            ...changed,
            status: 'done',
            owner: null,
            lastOwner: c.owner ?? c.lastOwner,
            waitingSince: null,
          }
        : c;
    case 'reopen':
      return c.status === 'done' ? { ...c, ...changed, status: 'open', owner: to, waitingSince: null } : c;
    case 'snooze':
      return c.status === 'open'
        ? {
            ...c,
            ...changed,
            snoozed: { until: command.until ?? null, by: me, at: command.at },
            waitingSince: null,
            attention: [],
          }
        : c;
    case 'wake':
      return c.status === 'open' && c.snoozed
        ? { ...c, ...changed, waitingSince: c.owner ? null : command.at }
        : c;
  }
}
