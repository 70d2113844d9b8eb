import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { session } from '../api/session.js';
import type { Availability, Me } from '../api/types.js';
import { firstName } from '../format/names.js';
import { fullMoment } from '../format/time.js';
import { preferences, usePreference } from '../state/preferences.js';
import { toast } from '../state/toasts.js';
import { Avatar } from '../ui/avatar.js';
import { MenuPopover } from '../ui/lazy.js';
import type { MenuGroup } from '../ui/menu.js';
import styles from './person-menu.module.css';

const AwayDialog = lazy(() => import('./away-dialog.js'));

const AVAILABILITY: Record<Availability, string> = {
  available: 'Available',
  away: 'Away',
  out_of_office: 'Out of office',
};

export function PersonMenu({ me }: { me: Me }) {
  const navigate = useNavigate();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const theme = usePreference('theme');

  const setAvailability = (availability: Availability, awayUntil: string | null = null) => {
    session.updateMe({ ...me, availability, awayUntil });
    api.me.change({ availability, awayUntil }).catch((error: unknown) => {
      session.updateMe(me);
      toast('error', `You are still ${AVAILABILITY[me.availability]}. ${sentenceOf(error)}`);
    });
  };
  const signOut = () => {
    session
      .signOut()
      .then(() => navigate({ to: '/signin', search: {} }))
      .catch(() => toast('error', 'Signed out on this device. The server could not be told.'));
  };
  const groups: readonly MenuGroup[] = [
    {
      title: me.email,
      entries: [
        ...(Object.keys(AVAILABILITY) as Availability[]).map((each) => ({
          id: each,
          label: AVAILABILITY[each],
          icon: <span className={styles.state} data-state={each} />,
          selected: me.availability === each,
          detail: me.availability === each && me.awayUntil ? `Until ${fullMoment(me.awayUntil)}` : undefined,
          act: () => setAvailability(each),
        })),
        { id: 'until', label: 'Not there until…', icon: <CalendarClock />, act: () => setAsking(true) },
      ],
    },
    {
      title: 'Theme',
      entries: [
        {
          id: 'system',
          label: 'As the system',
          icon: <Monitor />,
          selected: theme === 'system',
          act: () => preferences.set({ theme: 'system' }),
        },
        {
          id: 'light',
          label: 'Light',
          icon: <Sun />,
          selected: theme === 'light',
          act: () => preferences.set({ theme: 'light' }),
        },
        {
          id: 'dark',
          label: 'Dark',
          icon: <Moon />,
          selected: theme === 'dark',
          act: () => preferences.set({ theme: 'dark' }),
        },
      ],
    },
    {
      entries: [
        {
          id: 'settings',
          label: 'Settings',
          icon: <Settings />,
          act: () => void navigate({ to: '/settings' }),
        },
        { id: 'sign-out', label: 'Sign out', icon: <LogOut />, act: signOut },
      ],
    },
  ];

  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={styles.person}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <span className={styles.face}>
          <Avatar name={me.name} size={26} />
          <span className={styles.state} data-state={me.availability} />
        </span>
        <span className={styles.name}>{firstName(me.name)}</span>
        <span className="visually-hidden">, {AVAILABILITY[me.availability]}, account menu</span>
      </button>
      {open && (
        <Suspense>
          <MenuPopover
            label="Account"
            triggerRef={trigger}
            groups={groups}
            placement="top start"
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
      {asking && (
        <Suspense>
          <AwayDialog
            onPick={(availability, until) => {
              setAsking(false);
              setAvailability(availability, until);
            }}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
