import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useLive } from '../live/store.js';
import { usePreference } from '../state/preferences.js';
import type { ListView } from './layout.js';

/** The list that the address names; null outside of an inbox. */
export function useListView(): ListView | null {
  const { inboxId } = useParams({ strict: false });
  const { status, q, tag } = useSearch({ strict: false });
  const kind = useLive((state) => state.inboxes?.find((inbox) => inbox.id === inboxId)?.kind) ?? 'shared';
  const othersOpen = usePreference('othersOpen');
  return useMemo(
    () =>
      inboxId ? { inboxId, kind, status: status ?? 'open', q: q ?? '', tag: tag ?? '', othersOpen } : null,
    [inboxId, kind, status, q, tag, othersOpen],
  );
}
