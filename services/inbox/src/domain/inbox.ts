import type { AutoAssign, InboxKind, Permission, Person } from '@partyline/contracts';

/** A user as the rules of conversations need them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly availability: 'available' | 'away' | 'out_of_office';
  /** ISO 8601: available again by themselves then; null or absent: when they say so. */
  readonly awayUntil?: string | null;
  readonly permissions: ReadonlySet<Permission>;
}

/** An inbox with the group of people who work in it. */
export interface Inbox {
  readonly id: string;
  readonly name: string;
  readonly kind: InboxKind;
  readonly memberIds: ReadonlySet<string>;
  /** Where a conversation goes that the customer reopens by writing. */
  readonly reopenTo: 'unassigned' | 'last_owner';
  /** Whether whoever is out of office owns nothing here. */
  readonly returnWhenAway: boolean;
  /** Who gets what nobody owns; null: who takes it. */
  readonly autoAssign: AutoAssign | null;
  readonly active: boolean;
}

/** Everything that a decision needs to know beside the conversation. */
export interface Surroundings {
  readonly inbox: Inbox;
  readonly people: ReadonlyMap<string, Member>;
}

export const personOf = (member: Member): Person => ({ id: member.id, name: member.name });

/** An Admin of conversations: may give any of them to anybody in its group. */
export const isAdmin = (member: Member): boolean => member.permissions.has('assignAny');

/** Members see their inboxes, Admins all of them. To everybody else an inbox does not exist. */
export function canSee(member: Member | undefined, inbox: Inbox): member is Member {
  if (!member?.active || !member.permissions.has('view')) return false;
  return isAdmin(member) || inbox.memberIds.has(member.id);
}

/** Whether they may own a conversation here: an owner who cannot answer would only keep the customer waiting. */
export function canOwn(member: Member | undefined, inbox: Inbox): member is Member {
  return (
    member !== undefined &&
    member.active &&
    inbox.memberIds.has(member.id) &&
    member.permissions.has('view') &&
    member.permissions.has('reply') &&
    !isOut(member, inbox)
  );
}

/** Whether somebody owns nothing here because they are out of office. */
export const isOut = (member: Member, inbox: Inbox): boolean =>
  inbox.kind === 'shared' && inbox.returnWhenAway && member.availability === 'out_of_office';

/** The one person of an inbox of kind `member`; a name that is not known yet is told as the id. */
export function soleMember({ inbox, people }: Surroundings): Person | null {
  const [id] = inbox.memberIds;
  if (inbox.kind !== 'member' || id === undefined) return null;
  return { id, name: people.get(id)?.name ?? id };
}
