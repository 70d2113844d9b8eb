import type { Tag } from '@partyline/contracts';
import { useEffect, useMemo } from 'react';
import { loadTags } from '../live/loads.js';
import { live, useLive } from '../live/store.js';
import styles from './tag-chips.module.css';

/** Ids that were asked for once: what nobody knows then is not asked for again with every row. */
const asked = new Set<string>();

export function TagChip({ tag }: { tag: Tag }) {
  return (
    <span className={styles.chip} data-colour={tag.colour} title={tag.name}>
      {tag.name}
    </span>
  );
}

/** The tags of a conversation, as many as there is room for; the others as a number that names them. */
export function TagChips({ ids, most }: { ids: readonly string[] | undefined; most: number }) {
  const known = useLive((state) => state.tags);
  const tags = useMemo(
    () => (ids ?? []).flatMap((id) => known?.find((tag) => tag.id === id) ?? []),
    [ids, known],
  );
  const missing = (ids ?? []).filter((id) => !tags.some((tag) => tag.id === id)).join(' ');
  useEffect(() => {
    if (missing === '' || asked.has(missing)) return;
    // Where none are known yet, the list has asked for them.
    if (live.get().tags !== null) asked.add(missing);
    void loadTags().catch(() => undefined);
  }, [missing]);
  if (tags.length === 0) return null;
  const more = tags.slice(most);
  return (
    <span className={styles.chips}>
      <span className="visually-hidden">Tags: </span>
      {tags.slice(0, most).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {more.length > 0 && (
        <span className={styles.more} title={more.map(({ name }) => name).join(', ')}>
          <span aria-hidden="true">+{more.length}</span>
          <span className="visually-hidden">{more.map(({ name }) => name).join(', ')}</span>
        </span>
      )}
    </span>
  );
}
