import type { Tag } from '@partyline/contracts';
import { useEffect } from 'react';
import { loadTags } from '../live/loads.js';
import { live, useLive } from '../live/store.js';

const NONE: readonly Tag[] = [];

/** All tags, retired ones too, by name. Somebody who comes back to this window sees what they are called now. */
export function useTags(): readonly Tag[] {
  useEffect(() => {
    const load = () => void loadTags().catch(() => undefined);
    if (live.get().tags === null) load();
    window.addEventListener('focus', load);
    return () => window.removeEventListener('focus', load);
  }, []);
  return useLive((state) => state.tags) ?? NONE;
}
