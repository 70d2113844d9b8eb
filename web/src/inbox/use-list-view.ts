import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ListStatus } from '../live/model.js';
import { live, useLive } from '../live/store.js';
import { preferences, usePreference } from '../state/preferences.js';
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

/** The same for moments outside of rendering. */
export function listViewOf(inboxId: string, status: ListStatus, q: string): ListView {
  const kind = live.get().inboxes?.find((inbox) => inbox.id === inboxId)?.kind ?? 'shared';
  return { inboxId, kind, status, q, tag: '', othersOpen: preferences.get().othersOpen };
}
