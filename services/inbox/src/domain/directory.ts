import type { ConsentLanguage, InboxKind, QuietHours } from '@partyline/contracts';
import { canSee, isOut, type Inbox, type Member, type Surroundings } from './inbox.js';
import { USUAL_ANSWERS, type AnswerSettings } from './keyword-answers.js';

/** One of the tenant's phone numbers and the inbox that its texts go to. */
export interface NumberRoute {
  readonly number: string;
  readonly carrier: string;
  readonly accountId: string;
  /** Null: to no shared inbox of its own. */
  readonly inboxId: string | null;
}

/** What a tenant's people, inboxes and numbers are known to be. */
export class Directory {
  constructor(
    readonly people: ReadonlyMap<string, Member>,
    readonly inboxes: ReadonlyMap<string, Inbox>,
    readonly numbers: readonly NumberRoute[],
    /** In which languages, besides English, words of consent count. */
    readonly consentLanguages: readonly ConsentLanguage[] = [],
    /** When customers are not to be disturbed, by their own clocks; null: at any time. */
    readonly quietHours: QuietHours | null = null,
    readonly keywordAnswers: AnswerSettings = USUAL_ANSWERS,
  ) {}

  /** The inboxes that this person may see. */
  visibleTo(userId: string): Inbox[] {
    const viewer = this.people.get(userId);
    return [...this.inboxes.values()].filter((inbox) => canSee(viewer, inbox));
  }

  /**
   * What decisions in this inbox depend on. A text may come before the news of its inbox: then nobody is known to be
   * in it, but for the one person whom routing named.
   */
  around(inbox: { readonly id: string; readonly kind: InboxKind }, memberId?: string | null): Surroundings {
    const known = this.inboxes.get(inbox.id);
    return {
      people: this.people,
      inbox: known
        ? { ...known, kind: inbox.kind }
        : {
            ...inbox,
            name: inbox.id,
            memberIds: new Set(memberId ? [memberId] : []),
            reopenTo: 'unassigned',
            returnWhenAway: false,
            autoAssign: null,
            active: true,
          },
    };
  }

  numbersOf(inboxId: string): NumberRoute[] {
    return this.numbers.filter((route) => route.inboxId === inboxId);
  }
}

/** Whether this person, as far as anything is known of them, may go on owning what they own in the inbox. */
export function whyNotOwner(
  ownerId: string,
  { inbox, people }: Surroundings,
): 'left' | 'disabled' | 'away' | null {
  const member = people.get(ownerId);
  if (member && !member.active) return 'disabled';
  if (!inbox.memberIds.has(ownerId)) return 'left';
  const mayAnswer = !member || (member.permissions.has('view') && member.permissions.has('reply'));
  if (!mayAnswer) return 'left';
  return member && isOut(member, inbox) ? 'away' : null;
}
