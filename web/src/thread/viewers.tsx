import { Eye } from 'lucide-react';
import { firstName } from '../format/names.js';
import type { PresentColleague } from '../live/model.js';
import { useLive } from '../live/store.js';
import { Avatar } from '../ui/avatar.js';
import { useAbsences, withAbsence } from './use-absences.js';
import styles from './viewers.module.css';

const NOBODY: readonly PresentColleague[] = [];
const MOST_FACES = 3;

/** Who else has this conversation open: two people should not answer the same customer. */
export function Viewers({ conversationId }: { conversationId: string }) {
  const viewing = useLive((state) => state.viewing.get(conversationId)) ?? NOBODY;
  const absence = useAbsences(conversationId, viewing.length > 0);
  if (viewing.length === 0) return null;
  const names = viewing.map(({ id, name }) => withAbsence(firstName(name), absence(id)));
  const others = names.length - 2;
  const who = others > 0 ? `${names.slice(0, 2).join(', ')} and ${others} more` : names.join(' and ');
  return (
    <span className={styles.viewers} role="status" data-viewers={viewing.length}>
      <Eye aria-hidden="true" />
      <span className={styles.faces}>
        {viewing.slice(0, MOST_FACES).map(({ id, name }) => (
          <Avatar key={id} name={name} size={20} />
        ))}
      </span>
      <span className={styles.names}>
        {who} {names.length === 1 ? 'is' : 'are'} looking at this
      </span>
    </span>
  );
}
