import { Link, Outlet } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import { useMe } from '../api/session.js';
import { Empty } from '../ui/placeholder.js';
import styles from './admin-page.module.css';

const TABS = [
  { to: '/admin/people', label: 'People and roles' },
  { to: '/admin/inboxes', label: 'Inboxes' },
  { to: '/admin/templates', label: 'Templates' },
  { to: '/admin/api-keys', label: 'API keys' },
  { to: '/admin/webhooks', label: 'Webhooks' },
] as const;

/** The screens of those who run the company's Partyline. */
export default function AdminPage() {
  const me = useMe();
  const reason = me.may.manageUsers;
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
        <nav className={styles.tabs} aria-label="Admin">
          {TABS.map(({ to, label }) => (
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
