import { Eye, PencilLine } from 'lucide-react';
import { firstName } from '../format/names.js';
import { useLive } from '../live/store.js';
import styles from './row-presence.module.css';

/** A colleague who writes in this conversation or looks at it, for the row in the list. */
export function RowPresence({ id }: { id: string }) {
  const typing = useLive((state) => state.typing.get(id)?.[0]?.name);
  const viewing = useLive((state) => state.viewing.get(id)?.[0]?.name);
  const more = useLive((state) => (state.viewing.get(id)?.length ?? 0) - 1);
  if (typing !== undefined) {
    return (
      <span className={styles.presence} data-kind="typing">
        <PencilLine aria-hidden="true" /> {firstName(typing)}
        <span className="visually-hidden"> is typing here</span>
      </span>
    );
  }
  if (viewing === undefined) return null;
  return (
    <span className={styles.presence} data-kind="viewing">
      <Eye aria-hidden="true" /> {firstName(viewing)}
      {more > 0 ? ` +${more}` : ''}
      <span className="visually-hidden">{more > 0 ? ' are' : ' is'} looking at this</span>
    </span>
  );
}
