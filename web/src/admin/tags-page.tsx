import type { Tag } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Tag as TagIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { loadTags } from '../live/loads.js';
import { toast } from '../state/toasts.js';
import { TagChip } from '../tags/tag-chips.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { ListCard } from './list-card.js';
import { TagDialog } from './tag-dialog.js';

const TAGS = ['admin', 'tags'];

/** The words that people put on conversations to find them again. */
export default function TagsPage() {
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Tag | 'new' | null>(null);
  const tags = useQuery({ queryKey: TAGS, queryFn: api.tags.list });
  const changed = async () => {
    await queries.invalidateQueries({ queryKey: TAGS });
    await loadTags().catch(() => undefined);
  };
  const retire = useMutation({
    mutationFn: ({ id, retired, revision }: Tag) =>
      api.admin.tags.change(id, { retired: !retired, revision }),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: changed,
  });
  return (
    <>
      <ListCard
        title="Tags"
        lead="Words for conversations, the same in all inboxes. Another name shows wherever the tag is."
        add={{ label: 'Add a tag', act: () => setEdited('new') }}
        what="the tags"
        items={tags}
        none={{
          icon: <TagIcon />,
          title: 'There are no tags yet',
          text: 'Add the first word by which your team wants to find conversations again.',
        }}
      >
        {(all) => (
          <ul className={styles.list}>
            {all.map((tag) => (
              <li key={tag.id} className={styles.item}>
                <div className={styles.itemHead}>
                  <span>
                    <TagChip tag={tag} /> {tag.retired && <span className={styles.state}>Retired</span>}
                  </span>
                  <span className={styles.actions}>
                    <Button size="sm" hint={`Change ${tag.name}`} onPress={() => setEdited(tag)}>
                      Change
                    </Button>
                    <Button
                      size="sm"
                      busy={retire.isPending && retire.variables.id === tag.id}
                      hint={
                        tag.retired
                          ? 'It can be put on conversations again.'
                          : 'It stays where it is, and is put on nothing more.'
                      }
                      align="end"
                      onPress={() => retire.mutate(tag)}
                    >
                      {tag.retired ? 'Bring back' : 'Retire'}
                    </Button>
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </ListCard>
      <Suspense>
        {edited !== null && (
          <TagDialog
            tag={edited === 'new' ? null : edited}
            onChanged={changed}
            onClose={() => setEdited(null)}
          />
        )}
      </Suspense>
    </>
  );
}
