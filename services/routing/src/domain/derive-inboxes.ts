import type { Forward, InboxDefinition } from '@partyline/contracts';
import { personName, type Directory } from './directory.js';
import {
  departmentInbox,
  everyoneInbox,
  memberInbox,
  ringGroupInbox,
  UNROUTED_INBOX,
  welcomeMenuInbox,
} from './inbox-ids.js';

type Derived = Pick<InboxDefinition, 'id' | 'name' | 'kind' | 'source' | 'memberIds'>;

const NAME_LENGTH = 80;
const MOST_MEMBERS = 500;

/**
 * The inboxes that follow from the directory. Their id, name, kind and members follow their source; what an Admin
 * sets on them (policies) stays. An inbox whose source is gone becomes inactive: it may hold conversations.
 */
export function deriveInboxes(directory: Directory): ReadonlyMap<string, InboxDefinition> {
  const inboxes = new Map<string, InboxDefinition>();
  for (const [id, inbox] of directory.inboxes) inboxes.set(id, { ...inbox, active: false });
  for (const derived of wanted(directory)) {
    const known = directory.inboxes.get(derived.id);
    inboxes.set(derived.id, {
      ...derived,
      name: derived.name.slice(0, NAME_LENGTH),
      memberIds: [...new Set(derived.memberIds)].slice(0, MOST_MEMBERS),
      reopenTo: known?.reopenTo ?? 'unassigned',
      alertAfterMinutes: known ? known.alertAfterMinutes : 15,
      ...(known?.returnWhenAway === undefined ? {} : { returnWhenAway: known.returnWhenAway }),
      ...(known?.autoAssign === undefined ? {} : { autoAssign: known.autoAssign }),
      active: true,
    });
  }
  return inboxes;
}

function* wanted(directory: Directory): Generator<Derived> {
  yield {
    id: UNROUTED_INBOX,
    name: 'Unrouted',
    kind: 'shared',
    source: { kind: 'unrouted', id: UNROUTED_INBOX },
    memberIds: admins(directory),
  };
  for (const { id, name, memberIds } of directory.departments.values()) {
    yield { id: departmentInbox(id), name, kind: 'shared', source: { kind: 'department', id }, memberIds };
  }
  for (const group of directory['ring-groups'].values()) {
    const { id, name, memberIds, textsTo } = group;
    if (textsTo.kind === 'self') {
      yield { id: ringGroupInbox(id), name, kind: 'shared', source: { kind: 'ring_group', id }, memberIds };
    }
    yield* direct(directory, group, textsTo);
  }
  for (const menu of directory['welcome-menus'].values()) {
    const { id, name, memberIds } = menu;
    yield { id: welcomeMenuInbox(id), name, kind: 'shared', source: { kind: 'welcome_menu', id }, memberIds };
    for (const option of menu.options) yield* direct(directory, menu, option.to);
  }
}

/** The inboxes for forwards to one Team Member or to everyone: they are never a shared inbox of their own. */
function* direct(
  directory: Directory,
  source: { readonly id: string; readonly name: string; readonly memberIds: string[] },
  to: Forward,
): Generator<Derived> {
  if (to.kind === 'member') {
    yield {
      id: memberInbox(to.userId),
      name: personName(directory, to.userId),
      kind: 'member',
      source: { kind: 'member', id: to.userId },
      memberIds: [to.userId],
    };
  }
  if (to.kind === 'everyone') {
    yield {
      id: everyoneInbox(source.id),
      name: source.name,
      kind: 'everyone',
      source: { kind: 'everyone', id: source.id },
      memberIds: source.memberIds,
    };
  }
}

function admins(directory: Directory): string[] {
  return [...directory.people.values()]
    .filter((person) => person.active && person.permissions.includes('manageInboxes'))
    .map((person) => person.userId)
    .sort();
}
