import { Navigate } from '@tanstack/react-router';
import { CloudOff, Inbox } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InboxSummary } from '../api/types.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { loadInboxes } from '../live/loads.js';
import { useLive } from '../live/store.js';
import { usePreference } from '../state/preferences.js';
import { Empty, Skeleton } from '../ui/placeholder.js';

/** The Inboxes tab: leads to the inbox that was open last, else to where most customers wait. */
export function InboxesIndex() {
  const me = useMe();
  const inboxes = useLive((state) => state.inboxes);
  const last = usePreference('lastInbox');
  const [error, setError] = useState<string | null>(null);
  const load = () => {
    setError(null);
    loadInboxes().catch((failure: unknown) => setError(sentenceOf(failure)));
  };
  useEffect(load, []);

  if (inboxes === null) {
    if (error === null) return <Skeleton label="Loading your inboxes" />;
    return (
      <Empty
        level="page"
        icon={<CloudOff />}
        title="Your inboxes did not load"
        action={{ label: 'Try again', act: load }}
      >
        {error}
      </Empty>
    );
  }
  const target =
    inboxes.find((inbox) => inbox.id === last) ??
    mostWaiting(inboxes.filter((inbox) => inbox.kind === 'shared')) ??
    inboxes[0];
  if (target) return <Navigate to="/inboxes/$inboxId" params={{ inboxId: target.id }} search={{}} replace />;
  return (
    <Empty level="page" icon={<Inbox />} title="You are not in any inbox yet">
      {me.permissions.includes('manageRouting')
        ? 'Give a department, ring group or welcome menu a number and members: its inbox then shows up here.'
        : 'Ask your Admin to add you to a department, ring group or welcome menu that has a number.'}
    </Empty>
  );
}

const mostWaiting = (inboxes: readonly InboxSummary[]): InboxSummary | undefined =>
  inboxes.toSorted((one, other) => other.counts.unassigned - one.counts.unassigned)[0];
