import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import type { ActionState } from './action-list.js';
import type { Picker } from './picker-state.js';
import type { Actions } from './use-actions.js';

/** Does what a button, a menu or a key asks; one that is not possible now says why. */
export function runAction(
  action: ActionState,
  conversation: { readonly id: string },
  actions: Actions,
  openPicker: (picker: Picker) => void,
): void {
  if (action.reason !== null) {
    announce(action.reason);
    toast('info', action.reason);
    return;
  }
  switch (action.id) {
    case 'assignToMe':
      return actions.claim(conversation.id);
    case 'assign':
    case 'transfer':
    case 'snooze':
      return openPicker(action.id);
    case 'return':
      return actions.giveBack(conversation.id);
    case 'done':
      return actions.done(conversation.id);
    case 'wake':
      return actions.wake(conversation.id);
    case 'reopen':
      return actions.reopen(conversation.id);
  }
}
