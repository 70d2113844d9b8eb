import type { Contact, SearchHit } from '@partyline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { titleOfContact } from '../contacts/contact-title.js';
import { contactTitle } from '../format/names.js';
import { formatPhone } from '../format/phone.js';
import { fullMoment, rowTime } from '../format/time.js';
import { useLive } from '../live/store.js';
import { useNow } from '../state/clock.js';
import { Avatar } from '../ui/avatar.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { Highlighted } from './highlighted.js';
import styles from './search-page.module.css';

const PAUSE_MS = 150;
const MOST = 50;

/** Everything that the viewer may see, by people, numbers and words. The address keeps what was looked for. */
export default function SearchPage() {
  const { q = '' } = useSearch({ from: '/shell/search' });
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = text.trim();
      if (wanted !== q)
        void navigate({ to: '/search', search: wanted === '' ? {} : { q: wanted }, replace: true });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, q, navigate]);
  const found = useQuery({
    queryKey: ['search', q, MOST],
    queryFn: () => api.search(q, MOST),
    enabled: q.length >= 2,
    placeholderData: (previous) => previous,
  });
  const { contacts = [], items = [], complete = true } = found.data ?? {};
  const nothing = contacts.length + items.length === 0;
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Search</h1>
        <label className={styles.field}>
          <Search aria-hidden="true" />
          <input
            type="search"
            aria-label="Search people, numbers and messages"
            placeholder="People, numbers and messages"
            autoFocus
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {q.length < 2 ? (
          <Empty icon={<Search />} title="What are you looking for?">
            A name, some digits of a number, or words of a message. All words have to be there.
          </Empty>
        ) : found.isPending ? (
          <Skeleton label="Searching" />
        ) : found.isError ? (
          <Empty
            icon={<Search />}
            title="The search did not work"
            action={{ label: 'Try again', act: () => void found.refetch() }}
          >
            {sentenceOf(found.error)}
          </Empty>
        ) : nothing ? (
          <Empty icon={<Search />} title={`Nothing matches “${q}”`}>
            Try fewer words, or the beginning of one. Only your inboxes are searched.
          </Empty>
        ) : (
          <div aria-live="polite">
            {contacts.length > 0 && (
              <section className={styles.part} aria-label="Contacts">
                <h2 className={styles.heading}>Contacts</h2>
                <ul>
                  {contacts.map((each) => (
                    <Person key={each.id} contact={each} />
                  ))}
                </ul>
              </section>
            )}
            {items.length > 0 && (
              <section className={styles.part} aria-label="Messages and conversations">
                <h2 className={styles.heading}>Messages and conversations</h2>
                <ul>
                  {items.map((each) => (
                    <Hit key={each.conversation.id} hit={each} />
                  ))}
                </ul>
              </section>
            )}
            {!complete && (
              <p className={styles.note}>Older messages may match too. Add a word to narrow it down.</p>
            )}
          </div>
        )}
      </div>
    </main>
  );
}

function Person({ contact }: { contact: Contact }) {
  return (
    <li>
      <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className={styles.row}>
        <Avatar name={titleOfContact(contact)} size={36} number={contact.name === null} />
        <span className={styles.words}>
          <span className={styles.name}>{titleOfContact(contact)}</span>
          <span className={styles.sub}>{contact.numbers.map(formatPhone).join(', ')}</span>
        </span>
      </Link>
    </li>
  );
}

function Hit({ hit: { conversation, snippet, highlights, at } }: { hit: SearchHit }) {
  const now = useNow();
  const inbox = useLive((state) => state.inboxes?.find(({ id }) => id === conversation.inboxId)?.name);
  const when = at ?? conversation.lastActivityAt;
  return (
    <li>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: conversation.id }}
        className={styles.row}
      >
        <Avatar name={contactTitle(conversation)} size={36} number={conversation.contactName === null} />
        <span className={styles.words}>
          <span className={styles.name}>{contactTitle(conversation)}</span>
          <span className={styles.text}>
            {snippet === null ? (
              (conversation.preview?.text ?? '')
            ) : (
              <Highlighted text={snippet} places={highlights} />
            )}
          </span>
        </span>
        <span className={styles.side}>
          <time title={fullMoment(when)}>{rowTime(when, now)}</time>
          <span>{inbox}</span>
        </span>
      </Link>
    </li>
  );
}
