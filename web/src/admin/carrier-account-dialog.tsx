import type { CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { ACCOUNTS, fieldsIn, linesOf } from './carrier-accounts.js';

interface Props {
  /** null: a new one. */
  readonly account: CarrierAccountView | null;
  readonly onClose: () => void;
}

/** What a carrier has to know of us, and we of it. The server says what an account of this carrier still needs. */
export function CarrierAccountDialog({ account, onClose }: Props) {
  const queries = useQueryClient();
  const [carrier, setCarrier] = useState(account?.carrier ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [publicUrl, setPublicUrl] = useState(account?.publicUrl ?? 'https://');
  const [settings, setSettings] = useState(linesOf(account?.settings ?? {}));
  const [secrets, setSecrets] = useState('');
  const save = useMutation({
    mutationFn: () => {
      const body = { carrier: carrier.trim(), name, publicUrl, settings: fieldsIn(settings) };
      return account
        ? api.admin.carrierAccounts.change(account.id, body)
        : api.admin.carrierAccounts.create({ ...body, active: true, secrets: fieldsIn(secrets) });
    },
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: ACCOUNTS });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <ModalDialog
      title={account ? `Edit ${account.name}` : 'Add a carrier account'}
      onClose={onClose}
      size="md"
    >
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Carrier"
          required
          autoFocus={account === null}
          readOnly={account !== null}
          hint="As in docs/carriers, such as twilio, telnyx or generic"
          value={carrier}
          onChange={(event) => setCarrier(event.target.value)}
        />
        <Field
          label="Name"
          required
          maxLength={80}
          hint="For your colleagues"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label="Address that the carrier calls"
          type="url"
          required
          hint="Exactly as it stands at the carrier: some sign it"
          value={publicUrl}
          onChange={(event) => setPublicUrl(event.target.value)}
        />
        <label className={styles.field}>
          Settings
          <textarea
            className={styles.select}
            rows={4}
            placeholder="accountSid = AC…"
            spellCheck={false}
            value={settings}
            onChange={(event) => setSettings(event.target.value)}
          />
          <span className={styles.sub}>One a line: name = value. Not for secrets.</span>
        </label>
        {account === null && (
          <label className={styles.field}>
            Secrets
            <textarea
              className={styles.select}
              rows={3}
              placeholder="authToken = …"
              spellCheck={false}
              autoComplete="off"
              value={secrets}
              onChange={(event) => setSecrets(event.target.value)}
            />
            <span className={styles.sub}>One a line. Nobody gets to see them again.</span>
          </label>
        )}
        {save.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(save.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="primary" type="submit" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
