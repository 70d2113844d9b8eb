import type { CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { ACCOUNTS, mainSecrets, spareOf } from './carrier-accounts.js';

/** Changing a secret without losing a text: two values count until the old one is not needed any more. */
export function CarrierSecretsDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const accounts = useQuery({ queryKey: ACCOUNTS, queryFn: api.admin.carrierAccounts.list });
  const account = accounts.data?.find(({ id }) => id === accountId);
  return (
    <ModalDialog title={`Secrets of ${account?.name ?? 'the account'}`} onClose={onClose} size="md">
      <div className={styles.form}>
        <p className={styles.sub}>
          Add the new value here first, then change it at the carrier, then use it for sending, and retire the
          old one. Until then webhooks signed with either are accepted.
        </p>
        {account &&
          mainSecrets(account.secretNames).map((name) => <OneSecret key={name} {...{ account, name }} />)}
      </div>
    </ModalDialog>
  );
}

function OneSecret({ account, name }: { account: CarrierAccountView; name: string }) {
  const queries = useQueryClient();
  const [value, setValue] = useState('');
  const secrets = api.admin.carrierAccounts;
  const step = useMutation({
    mutationFn: (act: 'add' | 'promote' | 'retire') => {
      if (act === 'add') return secrets.addSpare(account.id, name, { value });
      return act === 'promote'
        ? secrets.promoteSpare(account.id, name, {})
        : secrets.retireSpare(account.id, name);
    },
    onSuccess: (changed) => {
      setValue('');
      queries.setQueryData<CarrierAccountView[]>(ACCOUNTS, (all) =>
        all?.map((each) => (each.id === changed.id ? changed : each)),
      );
    },
  });
  const spare = spareOf(name);
  const hasSpare = account.secretNames.includes(spare);
  const until = account.secretsExpireAt?.[spare];
  return (
    <section className={styles.item} aria-label={name}>
      <div className={styles.itemHead}>
        <strong>{name}</strong>
        <span className={styles.state} data-tone={hasSpare ? 'good' : undefined}>
          {hasSpare ? 'Two values count' : 'One value'}
        </span>
      </div>
      {until && (
        <p className={styles.sub}>The second value counts until {new Date(until).toLocaleString()}.</p>
      )}
      {hasSpare ? (
        <div className={styles.actions}>
          <Button size="sm" busy={step.isPending} onPress={() => step.mutate('promote')}>
            Send with the second value
          </Button>
          <Button size="sm" variant="danger" busy={step.isPending} onPress={() => step.mutate('retire')}>
            Retire the second value
          </Button>
        </div>
      ) : (
        <>
          <Field
            label={`New value of ${name}`}
            type="password"
            autoComplete="off"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
          <div className={styles.actions}>
            <Button
              size="sm"
              busy={step.isPending}
              reason={value === '' ? 'Type the new value first.' : null}
              onPress={() => step.mutate('add')}
            >
              Accept it, too
            </Button>
          </div>
        </>
      )}
      {step.isError && (
        <p className={styles.error} role="alert">
          {sentenceOf(step.error)}
        </p>
      )}
    </section>
  );
}
