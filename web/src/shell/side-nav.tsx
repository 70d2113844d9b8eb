import { Link, useParams, useLocation } from '@tanstack/react-router';
import {
  Contact as ContactIcon,
  Inbox as InboxIcon,
  Keyboard,
  Route as RouteIcon,
  Search,
  Settings,
  ShieldCheck,
  Smartphone,
  User,
  Users,
} from 'lucide-react';
import type { InboxSummary, Me } from '../api/types.js';
import { CountPill } from '../inbox/count-pill.js';
import { totalCounts } from '../inbox/indicator.js';
import { useLive } from '../live/store.js';
import { IconButton } from '../ui/button.js';
import { ConnectionDot } from './connection-dot.js';
import { Logo } from './logo.js';
import { overlayOpen } from './overlay-state.js';
import { PersonMenu } from './person-menu.js';
import { adminTabsOf } from './admin-tabs.js';
import styles from './side-nav.module.css';

export function SideNav({ me }: { me: Me }) {
  const inboxes = useLive((state) => state.inboxes);
  const counts = useLive((state) => state.counts);
  const { blue, green } = totalCounts(counts);
  const inInboxes = useLocation({ select: ({ pathname }) => /^\/inboxes|^\/conversations/.test(pathname) });
  const shared = inboxes?.filter((inbox) => inbox.kind === 'shared') ?? [];
  const direct = inboxes?.filter((inbox) => inbox.kind !== 'shared') ?? [];

  return (
    <nav className={styles.nav} aria-label="Main">
      <div className={styles.brand}>
        <Logo size={26} />
        <span className={styles.tenant}>{me.tenant.name}</span>
        <span className={styles.quick}>
          <IconButton
            label="Search and commands"
            shortcut="Ctrl K"
            icon={<Search />}
            tip="right"
            haspopup="dialog"
            onPress={() => overlayOpen.set('palette')}
          />
        </span>
      </div>
      <div className={styles.scroll}>
        <Link
          to="/inboxes"
          className={styles.tab}
          aria-current={inInboxes ? 'page' : undefined}
          data-active={inInboxes}
        >
          <InboxIcon aria-hidden="true" />
          <span className={styles.tabName}>Inboxes</span>
          <span className={styles.pills}>
            <CountPill tone="blue" count={blue} name="Unassigned" />
            <CountPill tone="green" count={green} name="Assigned to you" />
          </span>
        </Link>
        <InboxLinks title="Shared inboxes" inboxes={shared} />
        <InboxLinks title="Direct" inboxes={direct} />
        <div className={styles.others}>
          <Link to="/contacts" className={styles.tab} activeProps={{ 'data-active': true }}>
            <ContactIcon aria-hidden="true" />
            <span className={styles.tabName}>Contacts</span>
          </Link>
          {me.permissions.includes('manageRouting') && (
            <Link to="/routing" className={styles.tab} activeProps={{ 'data-active': true }}>
              <RouteIcon aria-hidden="true" />
              <span className={styles.tabName}>Routing</span>
            </Link>
          )}
          {adminTabsOf(me).length > 0 && (
            <Link to="/admin" className={styles.tab} activeProps={{ 'data-active': true }}>
              <ShieldCheck aria-hidden="true" />
              <span className={styles.tabName}>Admin</span>
            </Link>
          )}
          <Link to="/settings" className={styles.tab} activeProps={{ 'data-active': true }}>
            <Settings aria-hidden="true" />
            <span className={styles.tabName}>Settings</span>
          </Link>
          {me.demo && (
            <a href="/simulator" target="_blank" rel="noreferrer" className={styles.tab} data-desktop>
              <Smartphone aria-hidden="true" />
              <span className={styles.tabName}>Phone simulator</span>
            </a>
          )}
        </div>
      </div>
      <div className={styles.foot}>
        <PersonMenu me={me} />
        <span className={styles.footIcons}>
          <IconButton
            label="Keyboard shortcuts"
            shortcut="?"
            icon={<Keyboard />}
            tip="above"
            haspopup="dialog"
            onPress={() => overlayOpen.set('shortcuts')}
          />
          <ConnectionDot />
        </span>
      </div>
    </nav>
  );
}

function InboxLinks({ title, inboxes }: { title: string; inboxes: readonly InboxSummary[] }) {
  if (inboxes.length === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <ul>
        {inboxes.map((inbox) => (
          <li key={inbox.id}>
            <InboxLink inbox={inbox} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function InboxLink({ inbox }: { inbox: InboxSummary }) {
  const counts = useLive((state) => state.counts[inbox.id]) ?? inbox.counts;
  const { inboxId } = useParams({ strict: false });
  const Icon = inbox.kind === 'member' ? User : Users;
  return (
    <Link
      to="/inboxes/$inboxId"
      params={{ inboxId: inbox.id }}
      search={{}}
      className={styles.link}
      aria-current={inboxId === inbox.id ? 'page' : undefined}
      data-active={inboxId === inbox.id}
    >
      {inbox.kind === 'shared' ? (
        <span className={styles.hash} aria-hidden="true">
          {inbox.name.slice(0, 1)}
        </span>
      ) : (
        <Icon aria-hidden="true" />
      )}
      <span className={styles.linkName}>{inbox.name}</span>
      <span className={styles.pills}>
        <CountPill tone="blue" count={counts.unassignedUnread} name="Unassigned" />
        <CountPill tone="green" count={counts.mineUnread} name="Assigned to you" />
      </span>
    </Link>
  );
}
