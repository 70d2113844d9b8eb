import { Outlet, useParams } from '@tanstack/react-router';
import { ContactList } from './contact-list.js';
import styles from './contacts-page.module.css';

/** Everybody on the other side, and what is known of them. */
export default function ContactsPage() {
  const { contactId } = useParams({ strict: false });
  return (
    <div className={styles.page} data-chosen={contactId !== undefined}>
      <ContactList chosen={contactId} />
      <div className={styles.detail}>
        <Outlet />
      </div>
    </div>
  );
}
