import { Plus, X } from 'lucide-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { Refused } from '@partyline/client';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone, toE164 } from '../format/phone.js';
import { Button, IconButton } from '../ui/button.js';
import { Field } from '../ui/field.js';
import styles from './contact-form.module.css';

/** What a form says of a contact. */
export interface ContactInput {
  readonly name: string;
  readonly notes: string;
  readonly numbers: string[];
}

interface Props {
  readonly initial: ContactInput;
  readonly onSave: (input: ContactInput, key: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** The name, the numbers and the notes of one contact. What was typed stays when it is refused. */
export function ContactForm({ initial, onSave, onCancel }: Props) {
  const notesId = useId();
  const [name, setName] = useState(initial.name);
  const [notes, setNotes] = useState(initial.notes);
  const [numbers, setNumbers] = useState(
    initial.numbers.length > 0 ? initial.numbers.map(formatPhone) : [''],
  );
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // One key for one attempt, however often the button is pressed.
  const key = useRef(randomId());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const known = new Map(initial.numbers.map((number) => [formatPhone(number), number]));
    const typed = numbers.map((number) => number.trim()).filter((number) => number !== '');
    setBusy(true);
    setError(null);
    onSave(
      { name, notes, numbers: typed.map((number) => known.get(number) ?? toE164(number) ?? number) },
      key.current,
    ).catch((failure: unknown) => {
      // A refusal is final for this attempt; without an answer the same one is sent again.
      if (failure instanceof Refused) key.current = randomId();
      setError(sentenceOf(failure));
      setBusy(false);
    });
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label="Name"
        autoComplete="off"
        autoFocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className={styles.numbers}>
        <legend>Numbers</legend>
        {numbers.map((number, at) => (
          <div key={at} className={styles.number}>
            <input
              type="tel"
              autoComplete="off"
              aria-label={`Number ${at + 1}`}
              placeholder="(212) 555-0123"
              maxLength={40}
              value={number}
              onChange={(event) => setNumbers(numbers.with(at, event.target.value))}
            />
            <IconButton
              label={number === '' ? 'Remove this number' : `Remove ${number}`}
              icon={<X />}
              align="end"
              onPress={() => setNumbers(numbers.toSpliced(at, 1))}
            />
          </div>
        ))}
        <div>
          <Button size="sm" variant="ghost" icon={<Plus />} onPress={() => setNumbers([...numbers, ''])}>
            Add a number
          </Button>
        </div>
      </fieldset>
      <div className={styles.notes}>
        <label htmlFor={notesId}>Notes</label>
        <textarea
          id={notesId}
          rows={4}
          maxLength={5000}
          dir="auto"
          value={notes}
          onChange={(event) => setNotes(event.target.value)}
        />
        <p className={styles.hint}>For your team. The customer never sees them.</p>
      </div>
      {error !== null && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.foot}>
        <Button variant="ghost" onPress={onCancel}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
