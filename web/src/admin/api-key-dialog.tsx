import { PERMISSIONS, PERMISSION_WORDS, type Permission } from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { SecretOnce } from './secret-once.js';
import { useAttemptKey } from './use-attempt-key.js';

const TIMES = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
  ['', 'Until it is revoked'],
] as const;

/** Makes a key, and shows it this once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [scopes, setScopes] = useState<readonly Permission[]>(['view']);
  const attempt = useAttemptKey();
  const make = useMutation({
    mutationFn: () =>
      attempt((key) =>
        api.admin.apiKeys.create(
          { name, scopes: [...scopes], expiresInDays: days === '' ? null : Number(days) },
          key,
        ),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['admin', 'api-keys'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data) {
    return (
      <ModalDialog title={`The key of ${make.data.key.name}`} onClose={onClose} size="md">
        <SecretOnce secret={make.data.secret} what="key" onClose={onClose} />
      </ModalDialog>
    );
  }
  return (
    <ModalDialog title="Make an API key" onClose={onClose} size="md">
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Name"
          required
          maxLength={80}
          autoFocus
          hint="Who uses it, such as “Nightly report”. It stands beside what the key does."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label className={styles.field}>
          <span>Good for</span>
          <select className={styles.select} value={days} onChange={(event) => setDays(event.target.value)}>
            {TIMES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <fieldset className={styles.checks}>
          <legend>It may</legend>
          {PERMISSIONS.filter((permission) => me.permissions.includes(permission)).map((permission) => (
            <label key={permission} className={styles.check}>
              <input
                type="checkbox"
                checked={scopes.includes(permission)}
                onChange={({ target }) =>
                  setScopes((current) =>
                    PERMISSIONS.filter((each) =>
                      each === permission ? target.checked : current.includes(each),
                    ),
                  )
                }
              />
              {PERMISSION_WORDS[permission].label}
            </label>
          ))}
        </fieldset>
        {make.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(make.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button
            variant="primary"
            type="submit"
            busy={make.isPending}
            reason={scopes.length === 0 ? 'Choose what it may do.' : null}
          >
            Make the key
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
