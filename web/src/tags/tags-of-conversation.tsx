import type { Tag } from '@partyline/contracts';
import { sentenceOf } from '../api/problem.js';
import { contactTitle } from '../format/names.js';
import { changeTags } from '../live/commands.js';
import type { Shown } from '../live/model.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import TagPicker from './tag-picker.js';

/** The tags of one conversation, to be put on and taken off. */
export default function TagsOfConversation({
  conversation,
  onClose,
}: {
  conversation: Shown;
  onClose: () => void;
}) {
  const { id, tags = [] } = conversation;
  const change = (tag: Tag, on: boolean) => {
    changeTags(id, on ? { add: [tag.id], remove: [] } : { add: [], remove: [tag.id] })
      .then(() => announce(`${tag.name} is ${on ? 'on' : 'off'}`))
      .catch((error: unknown) => toast('error', sentenceOf(error)));
  };
  return (
    <TagPicker
      title={`Tags of ${contactTitle(conversation)}`}
      chosen={tags}
      onChange={change}
      onClose={onClose}
    />
  );
}
