import { useNavigate } from '@tanstack/react-router';
import { Tag as TagIcon, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { TagChip } from '../tags/tag-chips.js';
import { useTags } from '../tags/use-tags.js';
import { IconButton } from '../ui/button.js';
import { MenuPopover } from '../ui/lazy.js';
import styles from './list-header.module.css';
import { listSearch, type InboxSearch } from './layout.js';

function useShowTag(): (tag: string) => void {
  const navigate = useNavigate();
  return (tag) =>
    void navigate({ to: '.', search: ({ status, q }: InboxSearch) => listSearch(status ?? 'open', q, tag) });
}

/** Chooses the tag that the lists are narrowed to. Where there are no tags, there is nothing to choose. */
export function TagFilter({ tag }: { tag: string }) {
  const tags = useTags();
  const show = useShowTag();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  if (tags.length === 0 && tag === '') return null;
  const entries = tags
    .filter(({ id, retired }) => !retired || id === tag)
    .map(({ id, name }) => ({
      id,
      label: name,
      icon: <TagIcon aria-hidden="true" />,
      selected: id === tag,
      act: () => show(id === tag ? '' : id),
    }));
  const all = { id: '', label: 'All conversations', selected: tag === '', act: () => show('') };
  return (
    <>
      <IconButton
        ref={trigger}
        label="Filter by tag"
        icon={<TagIcon />}
        align="end"
        haspopup="menu"
        expanded={open}
        pressed={tag !== ''}
        onPress={() => setOpen(true)}
      />
      {open && (
        <Suspense>
          <MenuPopover
            label="Show only"
            triggerRef={trigger}
            placement="bottom end"
            groups={[{ entries: [all] }, { title: 'Only with the tag', entries }]}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Says which tag the lists are narrowed to, and ends it. */
export function TagFilterChip({ tag }: { tag: string }) {
  const tags = useTags();
  const show = useShowTag();
  if (tag === '') return null;
  const known = tags.find(({ id }) => id === tag);
  return (
    <p className={styles.narrowed}>
      Only {known ? <TagChip tag={known} /> : 'one tag'}
      <button type="button" className={styles.end} onClick={() => show('')}>
        <X aria-hidden="true" /> Show all
      </button>
    </p>
  );
}
