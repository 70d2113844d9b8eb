import { Navigate } from '@tanstack/react-router';
import { useMe } from '../api/session.js';
import { adminTabsOf } from './admin-tabs.js';

/** The first screen of Admin that this person may use; who may use none is told so by People. */
export function AdminHome() {
  return <Navigate to={adminTabsOf(useMe())[0]?.to ?? '/admin/people'} replace />;
}
