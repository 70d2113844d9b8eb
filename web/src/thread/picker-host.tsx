import { Suspense, useEffect } from 'react';
import type { Shown } from '../live/model.js';
import { useValue } from '../state/value-store.js';
import { preloaded } from '../ui/lazy.js';
import { pickerOpen } from './picker-state.js';
import type { Actions } from './use-actions.js';

const MemberPicker = preloaded(() => import('./member-picker.js'));
const SnoozeDialog = preloaded(() => import('./snooze-dialog.js'));
const TagsOfConversation = preloaded(() => import('../tags/tags-of-conversation.js'));

export function PickerHost({ conversation, actions }: { conversation: Shown; actions: Actions }) {
  const open = useValue(pickerOpen);
  useEffect(() => () => pickerOpen.set(null), []);
  if (open === null) return null;
  if (open === 'tags') {
    return (
      <Suspense>
        <TagsOfConversation conversation={conversation} onClose={() => pickerOpen.set(null)} />
      </Suspense>
    );
  }
  if (open === 'snooze') {
    return (
      <Suspense>
        <SnoozeDialog
          conversation={conversation}
          onClose={() => pickerOpen.set(null)}
          onPick={(until) => {
            pickerOpen.set(null);
            actions.snooze(conversation.id, until);
          }}
        />
      </Suspense>
    );
  }
  return (
    <Suspense>
      <MemberPicker
        purpose={open}
        conversation={conversation}
        onClose={() => pickerOpen.set(null)}
        onPick={(person) => {
          pickerOpen.set(null);
          if (open === 'assign') actions.assign(conversation.id, person);
          else actions.transfer(conversation.id, person);
        }}
      />
    </Suspense>
  );
}
