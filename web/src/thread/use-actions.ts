import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Refused } from '@partyline/client';
import { sentenceOf } from '../api/problem.js';
import type { Problem, Person } from '@partyline/contracts';
import { ago } from '../format/time.js';
import { contactTitle } from '../format/names.js';
import { change } from '../live/commands.js';
import type { ListStatus, PendingKind } from '../live/model.js';
import { listStatusOf } from '../live/sections.js';
import { live } from '../live/store.js';
import { listSearch, nextAfter, type ListView } from '../inbox/layout.js';
import { announce } from '../state/announcer.js';
import { toast, type ToastAction } from '../state/toasts.js';
import { conflictWords, type Wanted } from './conflict.js';

export interface Actions {
  claim(id: string): void;
  assign(id: string, to: Person): void;
  transfer(id: string, to: Person): void;
  giveBack(id: string): void;
  done(id: string): void;
  reopen(id: string, to?: Person): void;
  /** `until`: ISO 8601; null: until the customer writes. */
  snooze(id: string, until: string | null): void;
  wake(id: string): void;
  /** Says a refusal of any command, with what can be done about it. */
  refused(id: string, wanted: Wanted, error: unknown, again?: () => void): void;
  open(id: string): void;
  openNextUnassigned(exceptId: string): void;
}

const SAID: Record<PendingKind, string> = {
  claim: 'Assigned to you',
  assign: 'Assigned to',
  transfer: 'Transferred to',
  return: 'Returned to the inbox',
  done: 'Marked as done',
  reopen: 'Reopened',
  snooze: 'Snoozed',
  wake: 'Back in the list',
};

/** The acts of a person on conversations: shown at once, taken back with a word when the server refuses. */
export function useActions(view: ListView | null, phone: boolean): Actions {
  const navigate = useNavigate();
  return useMemo(() => {
    const open = (id: string, status: ListStatus = view?.status ?? 'open') => {
      const inboxId = live.get().shown.get(id)?.inboxId ?? view?.inboxId;
      if (!inboxId) return;
      void navigate({
        to: '/inboxes/$inboxId/c/$conversationId',
        params: { inboxId, conversationId: id },
        search: listSearch(status, view?.q, view?.tag),
      });
    };
    const toList = () => {
      if (!view) return;
      void navigate({
        to: '/inboxes/$inboxId',
        params: { inboxId: view.inboxId },
        search: listSearch(view.status, view.q, view.tag),
      });
    };
    const isOpen = (id: string) => location.pathname.endsWith(`/c/${encodeURIComponent(id)}`);
    /** It leaves these hands: on to the next row, or back to the list on a phone. */
    const leave = (id: string) => {
      if (!view || !isOpen(id)) return;
      const next = phone ? null : nextAfter(live.get(), view, id);
      if (next) open(next);
      else toList();
    };
    const openNextUnassigned = (exceptId: string) => {
      const unassigned = [...live.get().shown.values()]
        .filter(
          (each) =>
            each.inboxId === view?.inboxId &&
            listStatusOf(each) === 'open' &&
            !each.owner &&
            each.id !== exceptId,
        )
        .sort((a, b) => ((a.waitingSince ?? '') < (b.waitingSince ?? '') ? -1 : 1))[0];
      if (unassigned) open(unassigned.id, 'open');
      else toast('info', 'Nobody else is waiting in this inbox.');
    };
    const refused: Actions['refused'] = (id, wanted, error, again) => {
      const problem: Problem | null = error instanceof Refused ? error.problem : null;
      if (!problem) {
        toast('error', sentenceOf(error), again ? [{ label: 'Try again', act: again }] : []);
        return;
      }
      const words = conflictWords(problem, wanted, (at) => ago(at, Date.now()));
      const actions: ToastAction[] = [];
      if (!isOpen(id)) actions.push({ label: 'View', act: () => open(id, 'open') });
      if (words.taken) {
        if (isOpen(id))
          actions.push({ label: 'View', act: () => document.getElementById('thread')?.focus() });
        actions.push({ label: 'Next unassigned', act: () => openNextUnassigned(id) });
      }
      if (words.again && again) actions.push({ label: 'Try again', act: again });
      toast('conflict', words.text, actions);
    };
    const run = (
      kind: PendingKind,
      id: string,
      to: Person | null,
      leaves: boolean,
      undo: ToastAction[] = [],
      until: string | null = null,
    ) => {
      const again = () => run(kind, id, to, leaves, undo, until);
      const title = titleOf(id);
      if (leaves) leave(id);
      change(kind, id, to, until)
        .then(() => {
          announce(`${SAID[kind]}${to ? ` ${to.name}` : ''}`);
          if (leaves)
            toast('success', `${title}: ${SAID[kind].toLowerCase()}${to ? ` ${to.name}` : ''}.`, undo);
        })
        .catch((error: unknown) => refused(id, kind, error, again));
    };
    const reopen = (id: string, to?: Person) => {
      run('reopen', id, to ?? null, false);
      // It moves to the other filter: the screen follows it.
      open(id, 'open');
    };
    const wake = (id: string) => {
      run('wake', id, null, false);
      open(id, 'open');
    };
    return {
      snooze: (id, until) => run('snooze', id, null, true, [{ label: 'Undo', act: () => wake(id) }], until),
      wake,
      claim: (id) => run('claim', id, null, false),
      assign: (id, to) => run('assign', id, to, false),
      transfer: (id, to) => run('transfer', id, to, true),
      giveBack: (id) => run('return', id, null, true),
      done: (id) => run('done', id, null, true, [{ label: 'Undo', act: () => reopen(id) }]),
      reopen,
      refused,
      open: (id) => open(id),
      openNextUnassigned,
    };
  }, [navigate, view, phone]);
}

function titleOf(id: string): string {
  const conversation = live.get().shown.get(id);
  return conversation ? contactTitle(conversation) : 'Conversation';
}
