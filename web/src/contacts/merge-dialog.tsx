import type { ContactDetail } from '@partyline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { Refused } from '@partyline/client';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone } from '../format/phone.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import { titleOfContact } from './contact-title.js';
import { api } from '../api/client.js';
import styles from './merge-dialog.module.css';

interface Props {
  readonly contact: ContactDetail;
  readonly onClose: () => void;
  readonly onDone: (contact: ContactDetail) => void;
}

/** Which other contact is the same person. Nothing happens before the second press. */
export function MergeDialog({ contact, onClose, onDone }: Props) {
  const [text, setText] = useState('');
  const [otherId, setOtherId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(randomId());
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['contacts', 'to-merge', q],
    queryFn: () => api.contacts.list({ q, limit: 20 }),
    placeholderData: (previous) => previous,
  });
  const others = (found.data?.items ?? []).filter(({ id }) => id !== contact.id);
  const other = others.find(({ id }) => id === otherId);
  const merge = () => {
    if (!other) return setError('Choose the contact that is the same person.');
    setBusy(true);
    setError(null);
    api.contacts
      .merge(contact.id, { contactId: other.id, expectedRevision: contact.revision }, key.current)
      .then(onDone)
      .catch((failure: unknown) => {
        if (failure instanceof Refused) key.current = randomId();
        setError(sentenceOf(failure));
        setBusy(false);
      });
  };
  return (
    <ModalDialog title={`Merge with ${titleOfContact(contact)}`} onClose={onClose}>
      <div className={styles.body}>
        <Field
          label="Who is the same person?"
          type="search"
          autoComplete="off"
          autoFocus
          placeholder="Name or number"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles.list} role="radiogroup" aria-label="Contacts">
          {others.map((each) => (
            <label key={each.id} className={styles.choice}>
              <input
                type="radio"
                name="other"
                checked={each.id === otherId}
                onChange={() => setOtherId(each.id)}
              />
              <Avatar name={titleOfContact(each)} size={32} number={each.name === null} />
              <span className={styles.words}>
                <span>{titleOfContact(each)}</span>
                {each.name !== null && (
                  <span className={styles.sub}>{each.numbers.map(formatPhone).join(', ')}</span>
                )}
              </span>
            </label>
          ))}
          {found.isSuccess && others.length === 0 && <p className={styles.sub}>Nobody matches.</p>}
        </div>
        <p className={styles.sub}>
          {other
            ? `${titleOfContact(other)} becomes part of ${titleOfContact(contact)}: the numbers and notes come along. Conversations stay where they are, and you can separate the two again.`
            : 'The numbers and notes come together. You can separate the two again.'}
        </p>
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy} onPress={merge}>
            Merge
          </Button>
        </div>
      </div>
    </ModalDialog>
  );
}
