import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { RoleView } from '@partyline/contracts';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { useAttemptKey } from './use-attempt-key.js';

interface Props {
  /** null: a new one, which may look and nothing else until it is given more. */
  readonly role: RoleView | null;
  readonly having: number;
  readonly onClose: () => void;
}

export function RoleDialog({ role, having, onClose }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState(role?.name ?? '');
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['admin', 'roles'] });
    onClose();
  };
  const attempt = useAttemptKey();
  const save = useMutation({
    mutationFn: () =>
      role
        ? api.admin.roles.change(role.id, { name })
        : attempt((key) => api.admin.roles.create({ name, permissions: ['view'] }, key)),
    onSuccess: done,
  });
  const remove = useMutation({ mutationFn: (id: string) => api.admin.roles.remove(id), onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const error = save.error ?? remove.error;
  return (
    <ModalDialog title={role ? `Change ${role.name}` : 'Add a role'} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Name"
          required
          maxLength={80}
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          {...(role ? {} : { hint: 'It begins with seeing conversations; give it more in the table.' })}
        />
        {error && (
          <p className={styles.error} role="alert">
            {sentenceOf(error)}
          </p>
        )}
        <div className={styles.buttons}>
          {role && (
            <Button
              variant="danger"
              busy={remove.isPending}
              reason={having > 0 ? `${having} people have it: give them another role first.` : null}
              onPress={() => remove.mutate(role.id)}
            >
              Remove
            </Button>
          )}
          <Button variant="primary" type="submit" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
