import type { InboxDefinition, Permission } from '@partyline/contracts';

/**
 * Whether a changed inbox is one that this person sees from now on: members see theirs, Admins all. The inbox service has
 * the last word (it is asked again right after); this rule only makes an open stream follow at once.
 */
export function seesInbox(
  person: { readonly userId: string; readonly permissions: readonly Permission[] },
  inbox: Pick<InboxDefinition, 'memberIds' | 'active'>,
  removed: boolean,
): boolean {
  if (removed || !inbox.active || !person.permissions.includes('view')) return false;
  return inbox.memberIds.includes(person.userId) || person.permissions.includes('assignAny');
}
