import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useMe } from '../api/session.js';
import { Empty } from '../ui/placeholder.js';
import { ADMIN_TABS, adminTabsOf } from '../shell/admin-tabs.js';
import styles from './admin-page.module.css';

/** The screens of those who run the company's Partyline. */
export default function AdminPage() {
  const me = useMe();
  const { pathname } = useLocation();
  const shown = ADMIN_TABS.find(({ to }) => pathname.startsWith(to));
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
          {adminTabsOf(me).map(({ to, label }) => (
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
