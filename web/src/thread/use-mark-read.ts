import { useEffect } from 'react';
import { markRead } from '../live/read-marks.js';
import { live } from '../live/store.js';

/** A conversation is read when it stands on a window that is visible and has the focus: not in a tab in the back. */
export function useMarkRead(id: string): void {
  useEffect(() => {
    const check = () => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const state = live.get();
      const conversation = state.shown.get(id);
      const timeline = state.timelines.get(id);
      if (!conversation || timeline?.state !== 'ready') return;
      const seen = timeline.items.at(-1)?.seq ?? 0;
      if (conversation.unread > 0 && seen > conversation.cursor) markRead(id, seen);
    };
    check();
    const stop = live.subscribe(check);
    addEventListener('focus', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      stop();
      removeEventListener('focus', check);
      document.removeEventListener('visibilitychange', check);
    };
  }, [id]);
}
