import type { ContactDetail } from '@partyline/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Eraser, Merge, Pencil, UserX } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Refused } from '@partyline/client';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { toast } from '../state/toasts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { ModalDialog } from '../ui/lazy.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { EraseDialog } from './erase-dialog.js';
import { ContactForm } from './contact-form.js';
import { ContactHistory } from './contact-history.js';
import { ContactNumbers } from './contact-numbers.js';
import styles from './contact-page.module.css';
import { titleOfContact } from './contact-title.js';
import { api } from '../api/client.js';
import { MergeDialog } from './merge-dialog.js';

/** How often to look whether an erasure is finished, milliseconds. */
const ERASING_MS = 2_000;

export default function ContactPage() {
  const { contactId } = useParams({ from: '/shell/contacts/$contactId' });
  const contact = useQuery({
    queryKey: ['contact', contactId],
    queryFn: () => api.contacts.get(contactId),
    refetchInterval: ({ state }) => (state.data?.erasure?.finished === false ? ERASING_MS : false),
  });
  if (contact.isPending) return <Skeleton label="Loading the contact" />;
  if (contact.isError) {
    const gone = contact.error instanceof Refused && contact.error.problem.status === 404;
    return (
      <Empty
        level="page"
        icon={<UserX />}
        title={gone ? 'There is no such contact' : 'The contact cannot be shown'}
        {...(gone ? {} : { action: { label: 'Try again', act: () => void contact.refetch() } })}
      >
        {gone ? 'It may belong to an inbox that is not yours.' : sentenceOf(contact.error)}
      </Empty>
    );
  }
  return <Shown key={contactId} contact={contact.data} />;
}

function Shown({ contact }: { contact: ContactDetail }) {
  const me = useMe();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'merge' | 'erase' | null>(null);
  const mayChange = me.permissions.includes('note');
  const received = (changed: ContactDetail) => {
    queries.setQueryData(['contact', contact.id], changed);
    void queries.invalidateQueries({ queryKey: ['contacts'] });
    void queries.invalidateQueries({ queryKey: ['contact-history'] });
    setOpen(null);
  };
  const separate = (otherId: string) => {
    api.contacts
      .separate(contact.id, { contactId: otherId, expectedRevision: contact.revision }, randomId())
      .then(received)
      .catch((failure: unknown) => toast('error', sentenceOf(failure)));
  };
  return (
    <main className={styles.page}>
      <div className={styles.back}>
        <Link to="/contacts" className={styles.backLink}>
          <ArrowLeft aria-hidden="true" /> Contacts
        </Link>
      </div>
      <header className={styles.head}>
        <Avatar name={titleOfContact(contact)} size={56} number={contact.name === null} />
        <div className={styles.who}>
          <h1 className={styles.name}>{titleOfContact(contact)}</h1>
          {contact.name === null && <p className={styles.nothing}>No name yet</p>}
        </div>
        {mayChange && (
          <div className={styles.actions}>
            <Button icon={<Pencil />} haspopup="dialog" onPress={() => setOpen('edit')}>
              Edit
            </Button>
            <Button icon={<Merge />} haspopup="dialog" onPress={() => setOpen('merge')}>
              Merge…
            </Button>
            {me.permissions.includes('manageUsers') && (
              <Button icon={<Eraser />} haspopup="dialog" onPress={() => setOpen('erase')}>
                Erase…
              </Button>
            )}
          </div>
        )}
      </header>
      {contact.erasure && <ErasureLine erasure={contact.erasure} />}
      <ContactNumbers contact={contact} />
      {contact.notes !== '' && (
        <section className={styles.part} aria-label="Notes">
          <h2 className={styles.heading}>Notes</h2>
          <p className={styles.notes} dir="auto">
            {contact.notes}
          </p>
        </section>
      )}
      <ContactHistory contactId={contact.id} />
      {contact.merged.length > 0 && (
        <section className={styles.part} aria-label="Merged contacts">
          <h2 className={styles.heading}>Merged into this contact</h2>
          <ul className={styles.merged}>
            {contact.merged.map((part) => (
              <li key={part.id} className={styles.mergedPart}>
                <span>{titleOfContact(part)}</span>
                {mayChange && (
                  <Button size="sm" onPress={() => separate(part.id)}>
                    Separate
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Suspense>
        {open === 'erase' && (
          <EraseDialog contact={contact} onClose={() => setOpen(null)} onDone={received} />
        )}
        {open === 'edit' && (
          <ModalDialog title="Edit contact" onClose={() => setOpen(null)}>
            <ContactForm
              initial={{ name: contact.name ?? '', notes: contact.notes, numbers: contact.numbers }}
              onCancel={() => setOpen(null)}
              onSave={async (input, key) =>
                received(
                  await api.contacts.change(
                    contact.id,
                    { ...input, expectedRevision: contact.revision },
                    key,
                  ),
                )
              }
            />
          </ModalDialog>
        )}
        {open === 'merge' && (
          <MergeDialog contact={contact} onClose={() => setOpen(null)} onDone={received} />
        )}
      </Suspense>
    </main>
  );
}

function ErasureLine({ erasure }: { erasure: NonNullable<ContactDetail['erasure']> }) {
  const at = new Date(erasure.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <p className={styles.erasure} role="status">
      {erasure.finished
        ? `What this contact had written was erased by ${erasure.by.name}, ${at}.`
        : `Erasing what this contact has written …`}
    </p>
  );
}
