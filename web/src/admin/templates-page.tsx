import type { Template } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, Plus, ShieldAlert, TextQuote } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { useLive } from '../live/store.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { TemplateDialog } from './template-dialog.js';

const TEMPLATES = ['admin', 'templates'];

/** What people answer again and again. */
export default function TemplatesPage() {
  const reason = useMe().may.manageInboxes;
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Template | 'new' | null>(null);
  const inboxes = useLive((state) => state.inboxes);
  const templates = useQuery({
    queryKey: TEMPLATES,
    queryFn: api.admin.templates.list,
    enabled: reason === true,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Template) => api.admin.templates.remove(id),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: TEMPLATES }),
  });
  if (reason !== true) {
    return (
      <Empty icon={<ShieldAlert />} title="Templates are for those who manage inboxes">
        {reason}
      </Empty>
    );
  }
  const inboxName = (inboxId: string | null) =>
    inboxId === null ? 'All inboxes' : (inboxes?.find(({ id }) => id === inboxId)?.name ?? inboxId);
  return (
    <section className={styles.card} aria-labelledby="templates-title">
      <div className={styles.head}>
        <div>
          <h2 id="templates-title" className={styles.heading}>
            Templates
          </h2>
          <p className={styles.lead}>
            What people answer again and again. They put it into a reply with / and can change it before they
            send it.
          </p>
        </div>
        <Button icon={<Plus />} onPress={() => setEdited('new')}>
          Add a template
        </Button>
      </div>
      {templates.isPending ? (
        <Skeleton rows={3} label="Loading the templates" />
      ) : templates.isError ? (
        <Empty
          icon={<CloudOff />}
          title="The templates did not load"
          action={{ label: 'Try again', act: () => void templates.refetch() }}
        >
          {sentenceOf(templates.error)}
        </Empty>
      ) : templates.data.length === 0 ? (
        <Empty icon={<TextQuote />} title="There are no templates yet">
          Add the first answer that everybody keeps typing.
        </Empty>
      ) : (
        <ul className={styles.list}>
          {templates.data.map((template) => (
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
      <Suspense>
        {edited !== null && (
          <TemplateDialog template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </section>
  );
}
