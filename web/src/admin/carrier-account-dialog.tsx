import type { CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import { Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { ACCOUNTS, CARRIERS } from './carrier-accounts.js';
import { CarrierFormField } from './carrier-form-field.js';
import { fieldsOf, secretsOf, settingsOf, type Values } from './carrier-form.js';
import { MappingTryOut, type Sample } from './mapping-try-out.js';
import { PriceFields } from './price-fields.js';
import { formOf, pricesOf } from './price-form.js';
import { useAttemptKey } from './use-attempt-key.js';

interface Props {
  /** null: a new one. */
  readonly account: CarrierAccountView | null;
  /** To try the mapping with. */
  readonly sample?: Sample | null;
  readonly onClose: () => void;
}

/** Sets up an account with a carrier, or changes one: the carrier says what it asks for. */
export function CarrierAccountDialog({ account, sample = null, onClose }: Props) {
  const queries = useQueryClient();
  const carriers = useQuery({ queryKey: CARRIERS, queryFn: api.admin.carriers.list });
  const [carrierId, setCarrierId] = useState(account?.carrier ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [publicUrl, setPublicUrl] = useState(account?.publicUrl ?? '');
  const [active, setActive] = useState(account?.active ?? true);
  const [given, setGiven] = useState<Values>(account?.settings ?? {});
  const [prices, setPrices] = useState(() => formOf(account?.prices));
  const carrier = carriers.data?.find((each) => each.id === carrierId);
  const fields = carrier ? fieldsOf(carrier, given['mapping'] ?? '') : [];
  const attempt = useAttemptKey();
  const save = useMutation({
    mutationFn: () => {
      const body = {
        name,
        settings: settingsOf(fields, account?.settings ?? {}, given),
        secrets: secretsOf(fields, given),
        prices: pricesOf(prices),
        ...(publicUrl && { publicUrl }),
      };
      return account
        ? api.admin.carrierAccounts.change(account.id, { ...body, revision: account.revision })
        : attempt((key) => api.admin.carrierAccounts.create({ ...body, carrier: carrierId, active }, key));
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
  const set = (field: string, value: string) => setGiven((current) => ({ ...current, [field]: value }));
  return (
    <ModalDialog
      title={account ? `Edit ${account.name}` : 'Add a carrier account'}
      onClose={onClose}
      size="md"
    >
      {carriers.isPending && <Skeleton rows={4} label="Loading the carriers" />}
      {carriers.isError && (
        <p className={styles.error} role="alert">
          {sentenceOf(carriers.error)}
        </p>
      )}
      <form className={styles.form} onSubmit={submit}>
        {!account && (
          <label className={styles.field}>
            <span>Carrier</span>
            <select
              className={styles.select}
              required
              value={carrierId}
              onChange={({ target }) => setCarrierId(target.value)}
            >
              <option value="">Choose one</option>
              {carriers.data?.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <Field
          label="Name"
          required
          maxLength={80}
          hint="For your colleagues."
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Field
          label={carrier?.binds ? 'Our address for links' : 'Address that the carrier calls'}
          type="url"
          required={account !== null}
          hint={
            carrier?.binds
              ? 'Pictures of replies go out as links to this host. Leave it empty for ours.'
              : account
                ? 'Exactly as it stands at the carrier: some sign it.'
                : 'Leave it empty for ours, which you see once this is saved. Another one only behind a proxy.'
          }
          value={publicUrl}
          onChange={({ target }) => setPublicUrl(target.value)}
        />
        {carrier && <p className={styles.sub}>At the carrier: {carrier.setup}</p>}
        {!account && (
          <label className={styles.check}>
            <input type="checkbox" checked={!active} onChange={({ target }) => setActive(!target.checked)} />
            {carrier?.binds
              ? 'Leave it off for now: we do not connect before all is filled in'
              : 'Leave it off for now, to see what the carrier sends before all is filled in'}
          </label>
        )}
        {fields.map((field) => (
          <CarrierFormField
            key={`${field.kind} ${field.name}`}
            field={active ? field : { ...field, required: false }}
            value={given[field.name] ?? ''}
            account={account}
            onChange={(value) => set(field.name, value)}
          />
        ))}
        {carrierId === 'generic' && (
          <MappingTryOut mapping={given['mapping'] ?? ''} number={given['number'] ?? ''} sample={sample} />
        )}
        {carrier && <PriceFields value={prices} onChange={setPrices} />}
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
