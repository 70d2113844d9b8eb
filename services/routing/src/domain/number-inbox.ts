import type { Directory, NumberRecord } from './directory.js';
import {
  departmentInbox,
  everyoneInbox,
  memberInbox,
  ringGroupInbox,
  welcomeMenuInbox,
} from './inbox-ids.js';

/** The inbox in which a new customer's first text to this number lands; null where it has no destination. */
export function inboxOfNumber(directory: Directory, number: NumberRecord): string | null {
  if (!number.destination) return null;
  const { kind, id } = number.destination;
  if (kind === 'department') return directory.departments.has(id) ? departmentInbox(id) : null;
  if (kind === 'welcome_menu') return directory['welcome-menus'].has(id) ? welcomeMenuInbox(id) : null;
  return inboxOfRingGroup(directory, id, new Set());
}

function inboxOfRingGroup(directory: Directory, id: string, seen: ReadonlySet<string>): string | null {
  const group = directory['ring-groups'].get(id);
  if (!group || seen.has(id)) return null;
  const { textsTo } = group;
  if (textsTo.kind === 'self') return ringGroupInbox(id);
  if (textsTo.kind === 'member') return memberInbox(textsTo.userId);
  if (textsTo.kind === 'everyone') return everyoneInbox(id);
  if (textsTo.kind === 'ring_group') return inboxOfRingGroup(directory, textsTo.id, new Set([...seen, id]));
  return directory.departments.has(textsTo.id) ? departmentInbox(textsTo.id) : null;
}
