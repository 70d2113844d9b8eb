import { flawOfTemplate, TEMPLATE_VARIABLES, type Template } from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useLive } from '../live/store.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { useAttemptKey } from './use-attempt-key.js';

/** Adds a template, or changes one. */
export function TemplateDialog({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const queries = useQueryClient();
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const [name, setName] = useState(template?.name ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const [inboxId, setInboxId] = useState(template?.inboxId ?? '');
  const attempt = useAttemptKey();
  const save = useMutation({
    mutationFn: () => {
      const body = { name, text, inboxId: inboxId === '' ? null : inboxId };
      return template
        ? api.admin.templates.change(template.id, { ...body, revision: template.revision })
        : attempt((key) => api.admin.templates.create(body, key));
    },
    onSuccess: onClose,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['admin', 'templates'] });
      await queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  const flaw = flawOfTemplate(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (flaw === null) save.mutate();
  };
  return (
    <ModalDialog title={template ? 'Change a template' : 'Add a template'} onClose={onClose} size="md">
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Name"
          required
          maxLength={60}
          autoFocus
          hint="What it is found by in the menu."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label className={styles.field}>
          <span>Text</span>
          <textarea
            className={styles.select}
            rows={5}
            required
            maxLength={1600}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p className={styles.sub}>
          {TEMPLATE_VARIABLES.map((variable) => `{{${variable}}}`).join(' ')}. With what to say where nothing
          is known: {'{{contact.firstName|there}}'}
        </p>
        <label className={styles.field}>
          <span>For</span>
          <select
            className={styles.select}
            value={inboxId}
            onChange={(event) => setInboxId(event.target.value)}
          >
            <option value="">All inboxes</option>
            {inboxes.map((inbox) => (
              <option key={inbox.id} value={inbox.id}>
                {inbox.name}
              </option>
            ))}
          </select>
        </label>
        {(flaw !== null || save.isError) && (
          <p className={styles.error} role="alert">
            {flaw ?? sentenceOf(save.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={save.isPending} reason={flaw}>
            Save
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
