import type { Template } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TextQuote } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useLive } from '../live/store.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { ListCard } from './list-card.js';
import { TemplateDialog } from './template-dialog.js';

const TEMPLATES = ['admin', 'templates'];

/** What people answer again and again. */
export default function TemplatesPage() {
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Template | 'new' | null>(null);
  const inboxes = useLive((state) => state.inboxes);
  const templates = useQuery({ queryKey: TEMPLATES, queryFn: api.admin.templates.list });
  const remove = useMutation({
    mutationFn: ({ id }: Template) => api.admin.templates.remove(id),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: TEMPLATES }),
  });
  const inboxName = (inboxId: string | null) =>
    inboxId === null ? 'All inboxes' : (inboxes?.find(({ id }) => id === inboxId)?.name ?? inboxId);
  return (
    <>
      <ListCard
        title="Templates"
        lead="What people answer again and again. They put it into a reply with / and can change it before they send it."
        add={{ label: 'Add a template', act: () => setEdited('new') }}
        what="the templates"
        items={templates}
        none={{
          icon: <TextQuote />,
          title: 'There are no templates yet',
          text: 'Add the first answer that everybody keeps typing.',
        }}
      >
        {(all) => (
          <ul className={styles.list}>
            {all.map((template) => (
              <li key={template.id} className={styles.item}>
                <div className={styles.itemHead}>
                  <strong>{template.name}</strong>
                  <span className={styles.state}>{inboxName(template.inboxId)}</span>
                </div>
                <p className={styles.sub}>{template.text}</p>
                <div className={styles.actions}>
                  <Button size="sm" onPress={() => setEdited(template)}>
                    Change
                  </Button>
                  <Button size="sm" variant="danger" onPress={() => remove.mutate(template)}>
                    Remove
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </ListCard>
      <Suspense>
        {edited !== null && (
          <TemplateDialog template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </>
  );
}
