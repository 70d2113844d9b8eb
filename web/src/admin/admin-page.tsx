import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useMe } from '../api/session.js';
import { Empty } from '../ui/placeholder.js';
import styles from './admin-page.module.css';

const TABS = [
  { to: '/admin/people', label: 'People and roles', needs: 'manageUsers' },
  { to: '/admin/inboxes', label: 'Inboxes', needs: 'manageUsers' },
  { to: '/admin/templates', label: 'Templates', needs: 'manageUsers' },
  { to: '/admin/api-keys', label: 'API keys', needs: 'manageUsers' },
  { to: '/admin/webhooks', label: 'Webhooks', needs: 'manageUsers' },
  { to: '/admin/audit', label: 'Audit and export', needs: 'viewAudit' },
] as const;

/** The screens of those who run the company's Partyline. */
export default function AdminPage() {
  const me = useMe();
  const { pathname } = useLocation();
  const shown = TABS.find(({ to }) => pathname.startsWith(to));
  const to = shown?.to;
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the tabs are wider than the screen.
    tabs.current?.querySelector(`[href="${to}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [to]);
  const reason = me.may[shown?.needs ?? 'manageUsers'];
  if (reason !== true) {
    return (
      <Empty level="page" icon={<ShieldAlert />} title="This is for Admins">
        {reason}
      </Empty>
    );
  }
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Admin</h1>
        <nav ref={tabs} className={styles.tabs} aria-label="Admin">
          {TABS.filter(({ needs }) => me.may[needs] === true).map(({ to, label }) => (
            <Link key={to} to={to} className={styles.tab} activeProps={{ 'data-active': true }}>
              {label}
            </Link>
          ))}
        </nav>
        <Outlet />
      </div>
    </main>
  );
}
