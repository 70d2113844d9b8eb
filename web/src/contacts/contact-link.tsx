import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import styles from './contact-link.module.css';
import { api } from '../api/client.js';

/** To the contact whose number this is. */
export function ContactLink({ number }: { number: string }) {
  const found = useQuery({
    queryKey: ['contacts', 'of', number],
    queryFn: () => api.contacts.list({ number, limit: 1 }),
    staleTime: 60_000,
  });
  const contact = found.data?.items[0];
  if (!contact) return null;
  return (
    <>
      {contact.notes !== '' && (
        <p className={styles.notes} dir="auto">
          {contact.notes}
        </p>
      )}
      <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className={styles.link}>
        {contact.name === null ? 'Name this contact' : 'Contact and history'}
      </Link>
    </>
  );
}
