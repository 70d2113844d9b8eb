import { Link, useNavigate } from '@tanstack/react-router';
import { AlarmClock, ChevronDown, ListChecks, Search, SquarePen, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useMe } from '../api/session.js';
import { formatPhone } from '../format/phone.js';
import { useLive } from '../live/store.js';
import { IconButton } from '../ui/button.js';
import { MenuPopover } from '../ui/lazy.js';
import { composeOpen } from './compose-state.js';
import styles from './list-header.module.css';
import { listSearch, type InboxSearch, type ListView } from './layout.js';
import { shownCount } from '../format/names.js';
import { useSelected, useValue } from '../state/value-store.js';
import { selection } from './selection.js';
import { TagFilter, TagFilterChip } from './tag-filter.js';

const StartDialog = lazy(() => import('./start-dialog.js'));

/** Without this Open would count as the current one under Done too: its address is the beginning of that one's. */
const EXACTLY = { exact: true } as const;
/** Typing searches when it pauses for this long, in milliseconds. */
const SEARCH_PAUSE_MS = 200;

export function ListHeader({ view }: { view: ListView }) {
  const me = useMe();
  const inbox = useLive((state) => state.inboxes?.find((each) => each.id === view.inboxId));
  const counts = useLive((state) => state.counts[view.inboxId]);
  const composing = useValue(composeOpen);
  const selecting = useSelected(selection, (ids) => ids !== null);
  const snoozed = counts?.snoozed ?? 0;
  const open = counts ? counts.unassigned + counts.mine + counts.others : 0;

  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <InboxSwitcher current={view.inboxId} name={inbox?.name ?? ''} />
        <span className={styles.buttons}>
          <TagFilter tag={view.tag} />
          <IconButton
            label="Select conversations"
            icon={<ListChecks />}
            align="end"
            pressed={selecting}
            onPress={() => selection.set(selecting ? null : new Set())}
          />
          {me.permissions.includes('start') && (
            <IconButton
              label="New conversation"
              shortcut="c"
              icon={<SquarePen />}
              align="end"
              haspopup="dialog"
              onPress={() => composeOpen.set(true)}
            />
          )}
        </span>
      </div>
      <p className={styles.numbers}>{inbox?.numbers.map(formatPhone).join(' · ')}</p>
      <div className={styles.tools}>
        <div className={styles.filter} role="group" aria-label="Show">
          <Link
            to="/inboxes/$inboxId"
            params={{ inboxId: view.inboxId }}
            search={listSearch('open', '', view.tag)}
            className={styles.choice}
            activeOptions={EXACTLY}
            aria-current={view.status === 'open' ? 'true' : undefined}
          >
            Open{' '}
            {view.kind === 'shared' && open > 0 && <span className={styles.count}>{shownCount(open)}</span>}
          </Link>
          <Link
            to="/inboxes/$inboxId"
            params={{ inboxId: view.inboxId }}
            search={listSearch('done', '', view.tag)}
            className={styles.choice}
            activeOptions={EXACTLY}
            aria-current={view.status === 'done' ? 'true' : undefined}
          >
            Done
          </Link>
          <Link
            to="/inboxes/$inboxId"
            params={{ inboxId: view.inboxId }}
            search={listSearch('snoozed', '', view.tag)}
            className={styles.choice}
            activeOptions={EXACTLY}
            aria-current={view.status === 'snoozed' ? 'true' : undefined}
            aria-label={`Snoozed${snoozed > 0 ? `, ${shownCount(snoozed)}` : ''}`}
            title="Snoozed"
          >
            <AlarmClock aria-hidden="true" className={styles.sign} />
            {snoozed > 0 && <span className={styles.count}>{shownCount(snoozed)}</span>}
          </Link>
        </div>
        <SearchBox key={view.inboxId} view={view} />
      </div>
      <TagFilterChip tag={view.tag} />
      {composing && (
        <Suspense>
          <StartDialog inboxId={view.inboxId} onClose={() => composeOpen.set(false)} />
        </Suspense>
      )}
    </header>
  );
}

function InboxSwitcher({ current, name }: { current: string; name: string }) {
  const navigate = useNavigate();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const counts = useLive((state) => state.counts);
  const entries = (kinds: readonly string[]) =>
    inboxes
      .filter((inbox) => kinds.includes(inbox.kind))
      .map((inbox) => {
        const { unassignedUnread, mineUnread } = counts[inbox.id] ?? inbox.counts;
        const news = unassignedUnread + mineUnread;
        return {
          id: inbox.id,
          label: inbox.name,
          detail: news > 0 ? `${shownCount(news)} new` : undefined,
          selected: inbox.id === current,
          act: () => void navigate({ to: '/inboxes/$inboxId', params: { inboxId: inbox.id }, search: {} }),
        };
      });
  const groups = [
    { title: 'Shared inboxes', entries: entries(['shared']) },
    { title: 'Direct', entries: entries(['member', 'everyone']) },
  ].filter((group) => group.entries.length > 0);

  return (
    <h1 className={styles.title}>
      <button
        ref={trigger}
        type="button"
        className={styles.switcher}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <span className={styles.name}>{name}</span>
        <ChevronDown aria-hidden="true" />
        <span className="visually-hidden">, switch inbox</span>
      </button>
      {open && (
        <Suspense>
          <MenuPopover label="Inboxes" triggerRef={trigger} groups={groups} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </h1>
  );
}

function SearchBox({ view }: { view: ListView }) {
  const navigate = useNavigate();
  const [text, setText] = useState(view.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = (value: string, wait: number) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void navigate({
        to: '.',
        search: ({ status, tag }: InboxSearch) => listSearch(status ?? 'open', value.trim(), tag),
        replace: true,
      });
    }, wait);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className={styles.search} role="search">
      <Search aria-hidden="true" />
      <input
        id="list-search"
        className={styles.input}
        type="search"
        placeholder="Search"
        aria-label="Search this inbox by name or number"
        value={text}
        onChange={(event) => search(event.target.value, SEARCH_PAUSE_MS)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          search('', 0);
          event.currentTarget.blur();
        }}
      />
      {text !== '' && (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the search"
          onClick={() => search('', 0)}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
