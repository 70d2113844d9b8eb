import type { Allowed, Permission } from '@partyline/contracts';
import { withPhones } from '../format/phone.js';

export type ActionId =
  | 'assignToMe'
  | 'assign'
  | 'transfer'
  | 'return'
  | 'done'
  | 'reopen'
  | 'snooze'
  | 'wake';
export interface ActionState {
  readonly id: ActionId;
  readonly label: string;
  readonly shortcut: string;
  readonly reason: string | null;
}

/** The step that most likely comes next, where there is one: it stands out. */
export function nextStepOf(
  c: { status: 'open' | 'done'; owner: { id: string } | null; snoozed?: object | null | undefined },
  viewerId: string,
): ActionId | null {
  if (c.status === 'done') return 'reopen';
  if (c.snoozed) return c.owner?.id === viewerId ? 'wake' : null;
  if (!c.owner) return 'assignToMe';
  return c.owner.id === viewerId ? 'done' : null;
}

/**
 * The actions of a conversation in the order of the header. What a role can never do is hidden; what is not possible
 * now stays and says why. Assign... is the Admin's alone, and Reopen takes the place of all others on a done one.
 */
export function actionsOf(
  c: {
    status: 'open' | 'done';
    inboxKind: string;
    owner: { id: string } | null;
    allowed: Allowed;
    snoozed?: object | null | undefined;
  },
  viewer: { id: string; permissions: readonly Permission[] },
): readonly ActionState[] {
  const state = (id: ActionId, label: string, shortcut: string): ActionState => {
    const allowed = c.allowed[id === 'wake' ? 'snooze' : id];
    return {
      id,
      label,
      shortcut,
      reason: allowed === true ? null : withPhones(allowed ?? 'Not possible now.'),
    };
  };
  const can = (permission: Permission) => viewer.permissions.includes(permission);
  if (c.status === 'done') return can('reopen') ? [state('reopen', 'Reopen', 'Shift+E')] : [];
  const shared = c.inboxKind === 'shared';
  const mine = c.owner?.id === viewer.id;
  const list: ActionState[] = [];
  if (shared && can('claim') && !mine) list.push(state('assignToMe', 'Assign to Me', 'a'));
  if (shared && can('assignAny')) list.push(state('assign', 'Assign…', 'Shift+A'));
  if (shared && can('transfer')) list.push(state('transfer', 'Transfer…', 't'));
  if (shared && can('return')) list.push(state('return', 'Return to Inbox', 'r'));
  if (can('done')) {
    list.push(c.snoozed ? state('wake', 'Wake now', 's') : state('snooze', 'Snooze…', 's'));
    list.push(state('done', 'Mark as Done', 'e'));
  }
  return list;
}
