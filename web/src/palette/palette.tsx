import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  CircleCheck,
  Contact,
  Inbox,
  Moon,
  Route,
  Search,
  Settings,
  SquarePen,
  Sun,
  User,
} from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { api } from '../api/client.js';
import { useMe } from '../api/session.js';
import { contactTitle } from '../format/names.js';
import { formatPhone } from '../format/phone.js';
import { composeOpen } from '../inbox/compose-state.js';
import { useLive } from '../live/store.js';
import { SHORTCUTS } from '../shell/shortcuts.js';
import { tellShortcut } from '../state/shortcut-bus.js';
import { preferences } from '../state/preferences.js';
import ModalDialog from '../ui/modal.js';
import styles from './palette.module.css';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly icon: ReactNode;
  readonly act: () => void;
}

/** Everything by typing its name: inboxes, conversations, actions. It shows the keys, so that it teaches them. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const hits = useQuery({
    queryKey: ['search', wanted],
    queryFn: () => api.search(wanted, 8),
    enabled: wanted.length >= 2,
    placeholderData: (previous) => previous,
  });

  const actions: readonly Command[] = (SHORTCUTS[0]?.keys ?? [])
    .filter(([keys]) => !/enter/i.test(keys))
    .map(([keys, does]) => ({
      id: `act ${keys}`,
      label: does,
      shortcut: keys,
      icon: <CircleCheck />,
      act: () => tellShortcut(keys.startsWith('Shift ') ? keys.slice(6) : keys),
    }))
    .filter(() => location.pathname.includes('/c/'));
  const places: readonly Command[] = [
    ...inboxes.map((inbox) => ({
      id: `inbox ${inbox.id}`,
      label: inbox.name,
      detail: inbox.kind === 'shared' ? 'Shared inbox' : 'Direct',
      icon: inbox.kind === 'member' ? <User /> : <Inbox />,
      act: () => void navigate({ to: '/inboxes/$inboxId', params: { inboxId: inbox.id }, search: {} }),
    })),
    ...(me.permissions.includes('start')
      ? [
          {
            id: 'compose',
            label: 'New conversation',
            shortcut: 'c',
            icon: <SquarePen />,
            act: () => composeOpen.set(true),
          },
        ]
      : []),
    {
      id: 'search',
      label: 'Search everything',
      shortcut: 'g s',
      icon: <Search />,
      act: () => void navigate({ to: '/search', search: wanted === '' ? {} : { q: wanted } }),
    },
    { id: 'contacts', label: 'Contacts', icon: <Contact />, act: () => void navigate({ to: '/contacts' }) },
    ...(me.permissions.includes('manageRouting')
      ? [{ id: 'routing', label: 'Routing', icon: <Route />, act: () => void navigate({ to: '/routing' }) }]
      : []),
    { id: 'settings', label: 'Settings', icon: <Settings />, act: () => void navigate({ to: '/settings' }) },
    { id: 'light', label: 'Light theme', icon: <Sun />, act: () => preferences.set({ theme: 'light' }) },
    { id: 'dark', label: 'Dark theme', icon: <Moon />, act: () => preferences.set({ theme: 'dark' }) },
  ];
  const found: readonly Command[] =
    wanted.length < 2
      ? []
      : (hits.data?.items ?? []).map(({ conversation, snippet }) => ({
          id: `conversation ${conversation.id}`,
          label: contactTitle(conversation),
          detail: snippet ?? `via ${formatPhone(conversation.number)}`,
          icon: <User />,
          act: () =>
            void navigate({
              to: '/conversations/$conversationId',
              params: { conversationId: conversation.id },
            }),
        }));
  const groups = [
    { title: 'This conversation', commands: actions },
    { title: 'Go to', commands: places },
    { title: 'Conversations', commands: found },
  ].filter((group) => group.commands.length > 0);
  const all = groups.flatMap((group) => group.commands);
  // What the server found matches by its own rules: by a number typed in another way, for example.
  const isHit = new Set(found.map((command) => command.label));

  return (
    <ModalDialog title="Search and commands" size="md" bare onClose={onClose}>
      <Autocomplete
        filter={(item, input) => isHit.has(item) || contains(item, input)}
        inputValue={text}
        onInputChange={setText}
      >
        <SearchField aria-label="Search and commands" autoFocus className={styles.field ?? ''}>
          <Input
            className={styles.input ?? ''}
            placeholder="Search people, inboxes and commands"
            onKeyDownCapture={(event) => {
              // The field would only clear itself; Escape here means: away with it.
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              onClose();
            }}
          />
        </SearchField>
        <Menu
          className={styles.menu ?? ''}
          aria-label="Results"
          onAction={(key) => {
            onClose();
            all.find((command) => command.id === key)?.act();
          }}
          renderEmptyState={() => <p className={styles.none}>Nothing is called that.</p>}
        >
          {groups.map((group) => (
            <MenuSection key={group.title}>
              <Header className={styles.title ?? ''}>{group.title}</Header>
              {group.commands.map((command) => (
                <MenuItem
                  key={command.id}
                  id={command.id}
                  textValue={command.label}
                  className={styles.item ?? ''}
                >
                  <span className={styles.icon}>{command.icon}</span>
                  <span className={styles.label}>{command.label}</span>
                  {command.detail && <span className={styles.detail}>{command.detail}</span>}
                  {command.shortcut && <kbd className={styles.key}>{command.shortcut}</kbd>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Autocomplete>
    </ModalDialog>
  );
}
