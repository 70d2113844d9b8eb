import { Refused } from '@partyline/client';
import type { ContactDetail } from '@partyline/contracts';
import { useRef, useState } from 'react';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone } from '../format/phone.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import { titleOfContact } from './contact-title.js';
import styles from './merge-dialog.module.css';

interface Props {
  readonly contact: ContactDetail;
  readonly onClose: () => void;
  readonly onDone: (contact: ContactDetail) => void;
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** There is no way back, so it takes more than a press: one of the numbers has to be typed. */
export function EraseDialog({ contact, onClose, onDone }: Props) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(randomId());
  const [example = contact.name ?? ''] = contact.numbers;
  const meant =
    contact.numbers.find(
      (number) => digits(number) !== '' && digits(number).endsWith(digits(typed) || '-'),
    ) ?? typed.trim();
  const erase = () => {
    if (contact.numbers.length > 0 && digits(typed).length < 7) {
      return setError(`Type the number ${formatPhone(example)} to confirm.`);
    }
    setBusy(true);
    setError(null);
    api.contacts
      .erase(contact.id, { confirm: meant, expectedRevision: contact.revision }, key.current)
      .then(onDone)
      .catch((failure: unknown) => {
        if (failure instanceof Refused) key.current = randomId();
        setError(sentenceOf(failure));
        setBusy(false);
      });
  };
  return (
    <ModalDialog title={`Erase ${titleOfContact(contact)}`} onClose={onClose}>
      <div className={styles.body}>
        <p>
          This cannot be undone. Gone for good in every inbox: the name, the notes about them, everything they
          wrote, pictures, and what was written to them alone.
        </p>
        <p className={styles.sub}>
          That texts came and went, when, and who worked on them stays, with the number; and if they said
          STOP, they still must not be texted.
        </p>
        <Field
          label={`To confirm, type ${contact.numbers.length > 0 ? formatPhone(example) : example}`}
          autoComplete="off"
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="danger" busy={busy} onPress={erase}>
            Erase for good
          </Button>
        </div>
      </div>
    </ModalDialog>
  );
}
