import type { CarrierAccountView, CarrierDescription } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { fullMoment } from '../format/time.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { ACCOUNTS, CARRIERS, spareOf } from './carrier-accounts.js';

/** Changing a secret without losing a text: two values count until the old one is not needed any more. */
export function CarrierSecretsDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const accounts = useQuery({ queryKey: ACCOUNTS, queryFn: api.admin.carrierAccounts.list });
  const carriers = useQuery({ queryKey: CARRIERS, queryFn: api.admin.carriers.list });
  const account = accounts.data?.find(({ id }) => id === accountId);
  const carrier = carriers.data?.find(({ id }) => id === account?.carrier);
  const broken = [accounts, carriers].find(({ isError }) => isError);
  return (
    <ModalDialog title={`Secrets of ${account?.name ?? 'the account'}`} onClose={onClose} size="md">
      <div className={styles.form}>
        <p className={styles.sub}>
          Add the new value here first, then change it at the carrier, then{' '}
          {carrier?.binds ? 'bind with it first' : 'use it for sending'}, and retire the old one. Until then{' '}
          {carrier?.binds ? 'either binds' : 'webhooks signed with either are accepted'}.
        </p>
        {broken?.error && (
          <p className={styles.error} role="alert">
            {sentenceOf(broken.error)}
          </p>
        )}
        {account && carrier && (
          <>
            <p>{carrier.rotation}</p>
            {rotating(carrier, account).map(({ name, label }) => (
              <OneSecret key={name} {...{ account, name, label, binds: carrier.binds === true }} />
            ))}
          </>
        )}
      </div>
    </ModalDialog>
  );
}

const rotating = ({ fields }: CarrierDescription, { secretNames }: CarrierAccountView) =>
  fields.filter(({ rotates, name }) => rotates && secretNames.includes(name));

interface SecretProps {
  readonly account: CarrierAccountView;
  readonly name: string;
  readonly label: string;
  readonly binds: boolean;
}

function OneSecret({ account, name, label, binds }: SecretProps) {
  const queries = useQueryClient();
  const [value, setValue] = useState('');
  const secrets = api.admin.carrierAccounts;
  const step = useMutation({
    mutationFn: (act: 'add' | 'promote' | 'retire') => {
      const { id, revision } = account;
      if (act === 'add') return secrets.addSpare(id, name, { value, revision });
      return act === 'promote'
        ? secrets.promoteSpare(id, name, { revision })
        : secrets.retireSpare(id, name, revision);
    },
    onSuccess: (changed) => {
      setValue('');
      queries.setQueryData<CarrierAccountView[]>(ACCOUNTS, (all) =>
        all?.map((each) => (each.id === changed.id ? changed : each)),
      );
    },
    // Somebody else may have been faster.
    onError: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  });
  const spare = spareOf(name);
  const hasSpare = account.secretNames.includes(spare);
  const until = account.secretsExpireAt?.[spare];
  return (
    <section className={styles.item} aria-label={label}>
      <div className={styles.itemHead}>
        <strong>{label}</strong>
        <span className={styles.state} data-tone={hasSpare ? 'good' : undefined}>
          {hasSpare ? 'Two values count' : 'One value'}
        </span>
      </div>
      <SetAt at={account.secretsSetAt?.[name]} />
      {until && <p className={styles.sub}>The second value counts until {fullMoment(until)}.</p>}
      {hasSpare ? (
        <div className={styles.actions}>
          <Button size="sm" busy={step.isPending} onPress={() => step.mutate('promote')}>
            {binds ? 'Bind with the second value first' : 'Send with the second value'}
          </Button>
          <Button size="sm" variant="danger" busy={step.isPending} onPress={() => step.mutate('retire')}>
            Retire the second value
          </Button>
        </div>
      ) : (
        <>
          <Field
            label={`New value of ${label}`}
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

function SetAt({ at }: { at: string | undefined }) {
  return at === undefined ? null : <p className={styles.sub}>In use since {fullMoment(at)}.</p>;
}
