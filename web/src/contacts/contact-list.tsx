import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Search, UserPlus } from 'lucide-react';
import { Suspense, useDeferredValue, useState } from 'react';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { formatPhone } from '../format/phone.js';
import { rowTime } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { Avatar } from '../ui/avatar.js';
import { Button, IconButton } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { titleOfContact } from './contact-title.js';
import { api, PAGE } from '../api/client.js';
import styles from './contacts-page.module.css';
import { NewContactDialog } from './new-contact-dialog.js';

export function ContactList({ chosen }: { chosen: string | undefined }) {
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [adding, setAdding] = useState(false);
  const q = useDeferredValue(text.trim());
  const found = useInfiniteQuery({
    queryKey: ['contacts', q],
    queryFn: ({ pageParam }) => api.contacts.list({ q, cursor: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (previous) => previous,
  });
  const contacts = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={styles.list} aria-label="Contacts">
      <header className={styles.head}>
        <div className={styles.headRow}>
          <h1 className={styles.title}>Contacts</h1>
          {me.permissions.includes('note') && (
            <IconButton
              label="New contact"
              icon={<UserPlus />}
              align="end"
              haspopup="dialog"
              onPress={() => setAdding(true)}
            />
          )}
        </div>
        <label className={styles.search}>
          <Search aria-hidden="true" />
          <input
            id="list-search"
            type="search"
            aria-label="Search contacts"
            placeholder="Name or number"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </header>
      <div className={styles.rows}>
        {found.isPending ? (
          <Skeleton label="Loading the contacts" />
        ) : found.isError ? (
          <Empty
            icon={<Search />}
            title="The contacts cannot be shown"
            action={{ label: 'Try again', act: () => void found.refetch() }}
          >
            {sentenceOf(found.error)}
          </Empty>
        ) : contacts.length === 0 ? (
          <Empty icon={<Search />} title={q === '' ? 'No contacts yet' : `Nobody matches “${q}”`}>
            {q === ''
              ? 'Whoever texts one of your numbers appears here.'
              : 'Try the beginning of a name, or some digits of a number.'}
          </Empty>
        ) : (
          <ul>
            {contacts.map((contact) => (
              <li key={contact.id}>
                <Link
                  to="/contacts/$contactId"
                  params={{ contactId: contact.id }}
                  className={styles.row}
                  aria-current={chosen === contact.id ? 'page' : undefined}
                >
                  <Avatar name={titleOfContact(contact)} size={36} number={contact.name === null} />
                  <span className={styles.words}>
                    <span className={styles.name}>{titleOfContact(contact)}</span>
                    <span className={styles.sub}>
                      {contact.name === null
                        ? 'No name yet'
                        : contact.numbers.map(formatPhone).join(', ') || 'No number'}
                    </span>
                  </span>
                  <span className={styles.side}>
                    <span>{rowTime(contact.lastActivityAt, now)}</span>
                    {contact.optOuts.length > 0 && <span className={styles.out}>Opted out</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {found.hasNextPage && (
          <div className={styles.more}>
            <Button busy={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
      <Suspense>
        {adding && (
          <NewContactDialog
            onClose={() => setAdding(false)}
            onDone={({ id }) => {
              setAdding(false);
              void found.refetch();
              void navigate({ to: '/contacts/$contactId', params: { contactId: id } });
            }}
          />
        )}
      </Suspense>
    </section>
  );
}
