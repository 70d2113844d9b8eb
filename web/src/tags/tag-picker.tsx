import type { Tag } from '@partyline/contracts';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import ModalDialog from '../ui/modal.js';
import { TagChip } from './tag-chips.js';
import styles from './tag-picker.module.css';
import { useTags } from './use-tags.js';

interface Props {
  readonly title: string;
  /** Ids of the tags that are on. */
  readonly chosen: readonly string[];
  readonly onChange: (tag: Tag, on: boolean) => void;
  readonly onClose: () => void;
}

/** Puts tags on and takes them off, each at once: there is nothing to save. */
export default function TagPicker({ title, chosen, onChange, onClose }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [filter, setFilter] = useState('');
  const tags = useTags().filter(({ id, retired }) => !retired || chosen.includes(id));
  return (
    <ModalDialog title={title} onClose={onClose}>
      <Autocomplete filter={contains} inputValue={filter} onInputChange={setFilter}>
        <SearchField aria-label="Find a tag" autoFocus className={styles.search ?? ''}>
          <Input placeholder="Find a tag" className={styles.input ?? ''} />
        </SearchField>
        <ListBox
          aria-label="Tags"
          className={styles.list ?? ''}
          selectionMode="multiple"
          // Escape closes the dialog; it must not take every tag off.
          escapeKeyBehavior="none"
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            if (keys === 'all') return;
            const changed = tags.find(({ id }) => keys.has(id) !== chosen.includes(id));
            if (changed) onChange(changed, keys.has(changed.id));
          }}
          renderEmptyState={() => (
            <p className={styles.none}>
              {filter
                ? `No tag is called “${filter}”.`
                : 'There are no tags yet. Who manages inboxes adds them under Admin, Tags.'}
            </p>
          )}
        >
          {tags.map((tag) => (
            <ListBoxItem key={tag.id} id={tag.id} textValue={tag.name} className={styles.tag ?? ''}>
              <span className={styles.check} aria-hidden="true">
                {chosen.includes(tag.id) && <Check />}
              </span>
              <TagChip tag={tag} />
              {tag.retired && <span className={styles.detail}>Retired: once off, it stays off</span>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Autocomplete>
    </ModalDialog>
  );
}
