import { useEffect, useRef } from 'react';
import type { Me } from '../api/types.js';
import { loadAllAgain } from '../live/loads.js';
import { setViewer } from '../live/state.js';
import { live } from '../live/store.js';

/** What an Admin changed of one's role shows on the open screen: in what is offered, and in what is seen. */
export function useRoleOf(me: Me): void {
  const { id, name, permissions } = me;
  const known = useRef(permissions);
  useEffect(() => {
    if (sameSet(known.current, permissions)) return;
    known.current = permissions;
    live.update((state) => setViewer(state, { id, name, permissions }));
    loadAllAgain();
  }, [id, name, permissions]);
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
