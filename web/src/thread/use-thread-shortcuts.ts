import { useEffect } from 'react';
import { session } from '../api/session.js';
import { live } from '../live/store.js';
import { onShortcut } from '../state/shortcut-bus.js';
import { actionsOf, type ActionId } from './action-list.js';
import { pickerOpen } from './picker-state.js';
import { runAction } from './run-action.js';
import type { Actions } from './use-actions.js';

const KEYS: Readonly<Record<string, ActionId>> = {
  a: 'assignToMe',
  A: 'assign',
  t: 'transfer',
  r: 'return',
  e: 'done',
  E: 'reopen',
  s: 'snooze',
};

/** The keys that act on the open conversation. */
export function useThreadShortcuts(id: string, actions: Actions): void {
  useEffect(
    () =>
      onShortcut((key) => {
        const action = KEYS[key];
        const conversation = live.get().shown.get(id);
        const state = session.get();
        if (key === 'l' && conversation?.allowed.tag === true) {
          pickerOpen.set('tags');
          return true;
        }
        if (!action || !conversation || state.state !== 'signed-in') return false;
        const found = actionsOf(conversation, state.me).find(
          (each) => each.id === action || (action === 'snooze' && each.id === 'wake'),
        );
        if (found) runAction(found, conversation, actions, pickerOpen.set);
        return found !== undefined;
      }),
    [id, actions],
  );
}
