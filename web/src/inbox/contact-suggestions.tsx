import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api } from '../api/client.js';
import { formatPhone } from '../format/phone.js';
import { Avatar } from '../ui/avatar.js';
import styles from './contact-suggestions.module.css';

interface Props {
  readonly text: string;
  /** Our number that would write. */
  readonly from: string;
  readonly onPick: (number: string) => void;
}

/** Contacts that what was typed may mean, one row for each of their numbers. */
export function ContactSuggestions({ text, from, onPick }: Props) {
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['contacts', 'suggested', q],
    queryFn: () => api.contacts.list({ q, limit: 5 }),
    enabled: q.length >= 2,
    placeholderData: (previous) => previous,
  });
  const choices =
    q.length < 2
      ? []
      : (found.data?.items ?? []).flatMap((contact) =>
          contact.numbers
            .filter((number) => formatPhone(number) !== q && number !== q)
            .map((number) => ({ contact, number })),
        );
  if (choices.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Contacts">
      {choices.slice(0, 6).map(({ contact, number }) => {
        const out = contact.optOuts.some((each) => each.peer === number && each.number === from);
        return (
          <li key={number}>
            <button
              type="button"
              className={styles.choice}
              aria-disabled={out || undefined}
              onClick={() => {
                if (!out) onPick(formatPhone(number));
              }}
            >
              <Avatar name={contact.name ?? number} size={28} number={contact.name === null} />
              <span className={styles.name}>{contact.name ?? formatPhone(number)}</span>
              <span className={styles.detail}>{out ? 'Opted out of texts' : formatPhone(number)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
