import { describe, expect, it } from '@jest/globals';
import { READY_ROLES, type Allowed, type Permission } from '@partyline/contracts';
import { around, draft, PEOPLE, story, inbound, SUPPORT, type Story } from '../../test/support/story.js';
import type { Inbox, Member } from './inbox.js';
import { viewOf } from './viewer.js';

/**
 * Every role × action × state × ownership. Columns: what the conversation is like for the person who acts. Cells: `yes`,
 * `same` (nothing is left to do), or the code of the refusal. A new rule of the product is a changed cell of this table.
 */
const MATRIX = `
who                 action          unassigned          own                 another's           done
Admin               claim           yes                 same                yes                 DONE
Admin               assign          yes                 yes                 yes                 DONE
Admin               transfer        NOT_OWNER           yes                 NOT_OWNER           DONE
Admin               return          NOT_OWNER           yes                 yes                 DONE
Admin               done            yes                 yes                 yes                 DONE
Admin               snooze          yes                 yes                 yes                 DONE
Admin               reopen          yes                 same                yes                 yes
Admin               reopen for      yes                 yes                 yes                 yes
Admin               reply           NOT_OWNER           yes                 NOT_OWNER           DONE
Admin               claim & reply   yes                 yes                 ASSIGNED_TO_OTHER   DONE
Admin               note            yes                 yes                 yes                 yes
Admin               tag             yes                 yes                 yes                 yes
Admin elsewhere     claim           NOT_MEMBER          same                NOT_MEMBER          DONE
Admin elsewhere     assign          yes                 yes                 yes                 DONE
Admin elsewhere     transfer        NOT_OWNER           yes                 NOT_OWNER           DONE
Admin elsewhere     return          NOT_OWNER           yes                 yes                 DONE
Admin elsewhere     done            yes                 yes                 yes                 DONE
Admin elsewhere     snooze          yes                 yes                 yes                 DONE
Admin elsewhere     reopen          NOT_MEMBER          same                NOT_MEMBER          NOT_MEMBER
Admin elsewhere     reopen for      yes                 yes                 yes                 yes
Admin elsewhere     reply           NOT_OWNER           yes                 NOT_OWNER           DONE
Admin elsewhere     claim & reply   NOT_MEMBER          yes                 ASSIGNED_TO_OTHER   DONE
Admin elsewhere     note            yes                 yes                 yes                 yes
Admin elsewhere     tag             yes                 yes                 yes                 yes
Member              claim           yes                 same                ASSIGNED_TO_OTHER   DONE
Member              assign          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Member              transfer        NOT_OWNER           yes                 NOT_OWNER           DONE
Member              return          NOT_OWNER           yes                 NOT_OWNER           DONE
Member              done            NOT_OWNER           yes                 NOT_OWNER           DONE
Member              snooze          NOT_OWNER           yes                 NOT_OWNER           DONE
Member              reopen          yes                 same                ASSIGNED_TO_OTHER   yes
Member              reopen for      FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Member              reply           NOT_OWNER           yes                 NOT_OWNER           DONE
Member              claim & reply   yes                 yes                 ASSIGNED_TO_OTHER   DONE
Member              note            yes                 yes                 yes                 yes
Member              tag             yes                 yes                 yes                 yes
Member elsewhere    claim           NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    assign          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    transfer        NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    return          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    done            NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    snooze          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    reopen          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    reopen for      NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    reply           NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    claim & reply   NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    note            NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Member elsewhere    tag             NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
Observer            claim           FORBIDDEN           same                ASSIGNED_TO_OTHER   DONE
Observer            assign          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            transfer        FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            return          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            done            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            snooze          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            reopen          FORBIDDEN           same                ASSIGNED_TO_OTHER   FORBIDDEN
Observer            reopen for      FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            reply           NOT_OWNER           FORBIDDEN           NOT_OWNER           DONE
Observer            claim & reply   FORBIDDEN           FORBIDDEN           ASSIGNED_TO_OTHER   DONE
Observer            note            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Observer            tag             FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        claim           FORBIDDEN           same                ASSIGNED_TO_OTHER   DONE
Answers only        assign          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        transfer        FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        return          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        done            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        snooze          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        reopen          FORBIDDEN           same                ASSIGNED_TO_OTHER   FORBIDDEN
Answers only        reopen for      FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        reply           NOT_OWNER           yes                 NOT_OWNER           DONE
Answers only        claim & reply   FORBIDDEN           yes                 ASSIGNED_TO_OTHER   DONE
Answers only        note            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Answers only        tag             FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        claim           yes                 same                ASSIGNED_TO_OTHER   DONE
Takes, keeps        assign          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        transfer        FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        return          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        done            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        snooze          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        reopen          yes                 same                ASSIGNED_TO_OTHER   FORBIDDEN
Takes, keeps        reopen for      FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        reply           NOT_OWNER           yes                 NOT_OWNER           DONE
Takes, keeps        claim & reply   yes                 yes                 ASSIGNED_TO_OTHER   DONE
Takes, keeps        note            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Takes, keeps        tag             FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Cannot reply        claim           FORBIDDEN           same                ASSIGNED_TO_OTHER   DONE
Cannot reply        assign          FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Cannot reply        transfer        NOT_OWNER           yes                 NOT_OWNER           DONE
Cannot reply        return          NOT_OWNER           yes                 NOT_OWNER           DONE
Cannot reply        done            NOT_OWNER           yes                 NOT_OWNER           DONE
Cannot reply        snooze          NOT_OWNER           yes                 NOT_OWNER           DONE
Cannot reply        reopen          FORBIDDEN           same                ASSIGNED_TO_OTHER   FORBIDDEN
Cannot reply        reopen for      FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Cannot reply        reply           NOT_OWNER           FORBIDDEN           NOT_OWNER           DONE
Cannot reply        claim & reply   FORBIDDEN           FORBIDDEN           ASSIGNED_TO_OTHER   DONE
Cannot reply        note            yes                 yes                 yes                 yes
Cannot reply        tag             yes                 yes                 yes                 yes
Supervisor          claim           FORBIDDEN           same                FORBIDDEN           DONE
Supervisor          assign          yes                 yes                 yes                 DONE
Supervisor          transfer        FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Supervisor          return          NOT_OWNER           yes                 yes                 DONE
Supervisor          done            yes                 yes                 yes                 DONE
Supervisor          snooze          yes                 yes                 yes                 DONE
Supervisor          reopen          FORBIDDEN           same                FORBIDDEN           FORBIDDEN
Supervisor          reopen for      yes                 yes                 yes                 yes
Supervisor          reply           NOT_OWNER           FORBIDDEN           NOT_OWNER           DONE
Supervisor          claim & reply   FORBIDDEN           FORBIDDEN           ASSIGNED_TO_OTHER   DONE
Supervisor          note            FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
Supervisor          tag             FORBIDDEN           FORBIDDEN           FORBIDDEN           FORBIDDEN
No view             claim           NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             assign          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             transfer        NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             return          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             done            NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             snooze          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             reopen          NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             reopen for      NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             reply           NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             claim & reply   NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             note            NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
No view             tag             NOT_FOUND           NOT_FOUND           NOT_FOUND           NOT_FOUND
`;

const COLUMNS = ['unassigned', 'own', "another's", 'done'] as const;
type Column = (typeof COLUMNS)[number];

/** Who acts. Beside the roles that come ready, the kinds of custom roles that companies make. */
const WHO: Readonly<
  Record<string, { readonly permissions: readonly Permission[]; readonly inGroup: boolean }>
> = {
  Admin: { permissions: READY_ROLES.admin.permissions, inGroup: true },
  'Admin elsewhere': { permissions: READY_ROLES.admin.permissions, inGroup: false },
  Member: { permissions: READY_ROLES.member.permissions, inGroup: true },
  'Member elsewhere': { permissions: READY_ROLES.member.permissions, inGroup: false },
  Observer: { permissions: READY_ROLES.observer.permissions, inGroup: true },
  'Answers only': { permissions: ['view', 'reply'], inGroup: true },
  'Takes, keeps': { permissions: ['view', 'reply', 'claim'], inGroup: true },
  'Cannot reply': {
    permissions: READY_ROLES.member.permissions.filter((each) => each !== 'reply'),
    inGroup: true,
  },
  Supervisor: { permissions: ['view', 'assignAny'], inGroup: true },
  'No view': { permissions: READY_ROLES.member.permissions.filter((each) => each !== 'view'), inGroup: true },
};

const VIP = { name: 'VIP', retired: false };

const ACTIONS: Readonly<Record<string, { readonly offered?: keyof Allowed; act(story: Story): Story }>> = {
  claim: { offered: 'assignToMe', act: (tale) => tale.by('me', { type: 'claim' }) },
  assign: { offered: 'assign', act: (tale) => tale.by('me', { type: 'assign', to: 'cleo' }) },
  transfer: { offered: 'transfer', act: (tale) => tale.by('me', { type: 'transfer', to: 'cleo' }) },
  return: { offered: 'return', act: (tale) => tale.by('me', { type: 'return' }) },
  done: { offered: 'done', act: (tale) => tale.by('me', { type: 'complete', seenSeq: 99 }) },
  snooze: {
    offered: 'snooze',
    act: (tale) =>
      tale.by('me', { type: 'snooze', seenSeq: 99, until: null, now: '2026-11-23T12:00:00.000Z' }),
  },
  reopen: { offered: 'reopen', act: (tale) => tale.by('me', { type: 'reopen' }) },
  'reopen for': { act: (tale) => tale.by('me', { type: 'reopen', to: 'cleo' }) },
  reply: { offered: 'reply', act: (tale) => tale.by('me', { type: 'reply', draft: draft(), claim: false }) },
  'claim & reply': {
    offered: 'claimAndReply',
    act: (tale) => tale.by('me', { type: 'reply', draft: draft(), claim: true }),
  },
  note: { offered: 'note', act: (tale) => tale.by('me', { type: 'note', noteId: 'no_1', text: 'VIP' }) },
  tag: {
    offered: 'tag',
    act: (tale) => tale.by('me', { type: 'tag', add: ['vip'], remove: [], known: new Map([['vip', VIP]]) }),
  },
};

function inboxOf(who: string): Inbox {
  const memberIds = new Set([...SUPPORT.memberIds, ...(WHO[who]?.inGroup ? ['me'] : [])]);
  return { ...SUPPORT, memberIds };
}

/** The conversation in this state, and then the person with the role that is looked at. */
function scene(who: string, column: Column): Story {
  const group: Inbox = { ...SUPPORT, memberIds: new Set([...SUPPORT.memberIds, 'me']) };
  const me = (permissions: readonly Permission[]): Member => ({
    id: 'me',
    name: 'Me',
    active: true,
    availability: 'available',
    permissions: new Set(permissions),
  });
  const withMe = (inbox: Inbox, permissions: readonly Permission[]) => {
    const { people } = around(inbox);
    return { inbox, people: new Map([...people, ['me', me(permissions)]]) };
  };
  const tale = story(group);
  // Whoever owns it got it while they still were a Member.
  tale.surroundings = withMe(group, READY_ROLES.member.permissions);
  tale.do(inbound());
  if (column === 'own') tale.by('me', { type: 'claim' });
  if (column === "another's" || column === 'done') tale.by('ben', { type: 'claim' });
  if (column === 'done') tale.by('ben', { type: 'complete', seenSeq: 99 });
  tale.surroundings = withMe(inboxOf(who), WHO[who]?.permissions ?? []);
  return tale;
}

function cell(who: string, action: string, column: Column): string {
  const tale = ACTIONS[action]?.act(scene(who, column));
  if (!tale) throw new Error(`There is no action ${action}`);
  const { outcome } = tale;
  if (typeof outcome === 'string') return outcome;
  return outcome.length === 0 ? 'same' : 'yes';
}

const line = (cells: readonly string[]): string =>
  cells
    .map((each, index) => each.padEnd([20, 16, 20, 20, 20, 20][index] ?? 0))
    .join('')
    .trimEnd();

const rows = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .filter((each) => each !== '');

describe('the matrix of roles', () => {
  it('is decided exactly as the table says, for every role, action, state and ownership', () => {
    const decided = Object.keys(WHO).flatMap((who) =>
      Object.keys(ACTIONS).map((action) =>
        line([who, action, ...COLUMNS.map((column) => cell(who, action, column))]),
      ),
    );
    expect([line(['who', 'action', ...COLUMNS]), ...decided]).toEqual(rows(MATRIX));
  });

  it('offers on screens what it accepts, and gives a reason for everything else', () => {
    const wrong = Object.keys(WHO).flatMap((who) =>
      Object.entries(ACTIONS).flatMap(([action, { offered }]) =>
        COLUMNS.flatMap((column) => {
          const { existing, surroundings } = scene(who, column);
          const viewer = surroundings.people.get('me');
          const decided = cell(who, action, column);
          if (!viewer || offered === undefined || decided === 'NOT_FOUND') return [];
          const shown = viewOf(existing, viewer, surroundings.inbox, 0).allowed[offered];
          // What is one's own already, or open already, is accepted without effect and so not offered.
          const accepted = decided === 'yes' && !(offered === 'reopen' && column !== 'done');
          const own = column === 'own' && offered === 'claimAndReply';
          return own || accepted === (shown === true)
            ? []
            : [`${who}, ${action}, ${column}: ${decided}, ${shown}`];
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('has a permission behind every action: without it a Member is refused what they could do before', () => {
    const needs: readonly [string, Column, Permission][] = [
      ['claim', 'unassigned', 'claim'],
      ['claim', 'unassigned', 'reply'],
      ['transfer', 'own', 'transfer'],
      ['return', 'own', 'return'],
      ['done', 'own', 'done'],
      ['snooze', 'own', 'done'],
      ['reopen', 'done', 'reopen'],
      ['reopen', 'done', 'reply'],
      ['reply', 'own', 'reply'],
      ['claim & reply', 'unassigned', 'claim'],
      ['note', "another's", 'note'],
      ['tag', "another's", 'note'],
    ];
    for (const [action, column, permission] of needs) {
      expect([action, permission, cell('Member', action, column)]).toEqual([action, permission, 'yes']);
      const tale = scene('Member', column);
      const me = tale.surroundings.people.get('me');
      const fewer = new Set([...(me?.permissions ?? [])].filter((each) => each !== permission));
      tale.surroundings = {
        ...tale.surroundings,
        people: new Map([
          ...tale.surroundings.people,
          ['me', { ...(me ?? PEOPLE.ben), permissions: fewer } as Member],
        ]),
      };
      expect([action, permission, ACTIONS[action]?.act(tale).outcome]).toEqual([
        action,
        permission,
        'FORBIDDEN',
      ]);
    }
  });
});
