import { Outlet } from '@tanstack/react-router';
import { announcement } from '../state/announcer.js';
import { useValue } from '../state/value-store.js';
import { Toasts } from './toasts.js';

/** What stands above every screen. */
export function Root() {
  return (
    <>
      <Outlet />
      <Toasts />
      <Announcer />
    </>
  );
}

function Announcer() {
  const { text, number } = useValue(announcement);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <span key={number}>{text}</span>
    </div>
  );
}
