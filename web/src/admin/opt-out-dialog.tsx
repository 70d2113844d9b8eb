import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone } from '../format/phone.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';

interface Props {
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** Writes down what a customer said by another way than by a text. */
export function OptOutDialog({ onChanged, onClose }: Props) {
  const [peer, setPeer] = useState('');
  const [number, setNumber] = useState('');
  const [state, setState] = useState<'opted_out' | 'opted_in'>('opted_out');
  const numbers = useQuery({ queryKey: ['admin', 'numbers'], queryFn: api.admin.numbers.list });
  const save = useMutation({
    mutationFn: async () => {
      const item = { peer, state, ...(number === '' ? {} : { number }) };
      const [result] = await api.admin.optOuts.set({ items: [item] });
      return result;
    },
    onSuccess: (result) => {
      if (!result?.ok) return;
      toast(result.message === null ? 'success' : 'info', result.message ?? 'Noted.');
      onClose();
    },
    onSettled: onChanged,
  });
  const fault = save.isError
    ? sentenceOf(save.error)
    : save.data?.ok === false
      ? (save.data.message ?? 'Nothing was changed.')
      : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <ModalDialog title="What a customer said" onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="The customer’s number"
          required
          type="tel"
          autoFocus
          value={peer}
          onChange={(event) => setPeer(event.target.value)}
        />
        <fieldset className={styles.checks}>
          <legend>They said</legend>
          <label className={styles.check}>
            <input type="radio" checked={state === 'opted_out'} onChange={() => setState('opted_out')} />
            Do not text me any more
          </label>
          <label className={styles.check}>
            <input type="radio" checked={state === 'opted_in'} onChange={() => setState('opted_in')} />
            Text me again
          </label>
          {state === 'opted_in' && (
            <p className={styles.sub}>
              A block that the carrier keeps goes only when the customer texts START to the number.
            </p>
          )}
        </fieldset>
        <label className={styles.field}>
          Of texts from
          <select
            className={styles.select}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          >
            <option value="">all our numbers</option>
            {(numbers.data ?? []).map(({ id }) => (
              <option key={id} value={id}>
                {formatPhone(id)}
              </option>
            ))}
          </select>
        </label>
        {fault !== null && (
          <p className={styles.error} role="alert">
            {fault}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
