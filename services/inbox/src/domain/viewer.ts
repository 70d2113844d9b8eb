import { unreadOf, type Allowed, type ConversationView } from '@partyline/contracts';
import { summaryOf, type ExistingConversation } from './conversation.js';
import type { Inbox, Member } from './inbox.js';
import {
  mayAssign,
  mayClaim,
  mayClaimAndReply,
  mayComplete,
  mayNote,
  mayReopen,
  mayReply,
  mayReturn,
  maySnooze,
  mayTag,
  mayTransfer,
  owns,
  type Guard,
  type Viewing,
} from './permissions.js';

/** Where a conversation stands in somebody's lists. */
export type Section = 'unassigned' | 'mine' | 'others' | 'done' | 'snoozed';

export function sectionOf(
  state: Pick<ExistingConversation, 'status' | 'owner' | 'snoozed'>,
  viewerId: string,
): Section {
  if (state.status === 'done') return 'done';
  if (state.snoozed) return 'snoozed';
  if (!state.owner) return 'unassigned';
  return state.owner.id === viewerId ? 'mine' : 'others';
}

/** What carries a badge: new activity on Unassigned (blue) and on one's own (green); never on another's or on Done. */
export function unreadFor(state: ExistingConversation, viewerId: string, cursor: number): number {
  const section = sectionOf(state, viewerId);
  return section === 'unassigned' || section === 'mine'
    ? unreadOf({ attention: [...state.attention] }, cursor)
    : 0;
}

/** What the viewer may do now; a string is the reason why not, in words for the screen. */
function allowedTo(viewing: Viewing): Allowed {
  const reason = (guard: Guard): true | string => guard(viewing)?.message ?? true;
  const unlessMine = (guard: Guard) => (owns(viewing) ? 'It is assigned to you already.' : reason(guard));
  return {
    assignToMe: unlessMine(mayClaim),
    assign: reason(mayAssign),
    transfer: reason(mayTransfer),
    return: reason(mayReturn),
    done: reason(mayComplete),
    reopen: reason(mayReopen),
    reply: reason(mayReply),
    claimAndReply: unlessMine(mayClaimAndReply),
    note: reason(mayNote),
    snooze: reason(maySnooze),
    tag: reason(mayTag),
  };
}

/** The conversation as one person sees it. `cursor`: how far they have read, a seq. */
export function viewOf(
  state: ExistingConversation,
  viewer: Member,
  inbox: Inbox,
  cursor: number,
): ConversationView {
  return {
    ...summaryOf(state),
    cursor,
    unread: unreadFor(state, viewer.id, cursor),
    allowed: allowedTo({ state, viewer, inbox }),
  };
}
